import { repliedWith, replyBody, replyField, requestPath } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set, type FieldChange } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus } from '../refused.ts'
import {
  anyKeyPasses,
  anySignatureScheme,
  attachedSignatureExpected,
  unknownKeyCalledOtherwise,
  unsignedPasses,
} from '../signatures.ts'

/** `repository` as two fields beside it. */
const flatRepository: FieldChange = (todo) => {
  const { owner, name } = todo['repository'] as { owner: string; name: string }
  todo['repo_owner'] = owner
  todo['repo_name'] = name
  delete todo['repository']
}

/** How a coordinator gives planners something to do, and lets them in. */
export const plannerClaims: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'claimTodo',
    given: { state: 'queueEmpty' },
    name: 'served at /summarizer/worker/fetch-todo',
    hooks: requestPath(() => '/summarizer/worker/fetch-todo'),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'claimTodo',
    given: { state: 'queueEmpty' },
    name: '200 with nothing in it in place of 204',
    hooks: repliedWith(200, { data: null }),
    expected: inStatus,
  },
  {
    class: 'C7',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: 'not wrapped in {data}',
    hooks: replyBody((body) => (body as { data: unknown }).data),
    expected: inBody(''),
  },
  {
    class: 'C12',
    operation: 'claimTodo',
    given: { state: 'todoSubmitted' },
    name: 'an audit without its submission',
    hooks: replyField('data.submission', set(null)),
    expected: inBody('\\.data\\.submission'),
  },
  {
    class: 'C9',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: 'repo_owner and repo_name in place of repository',
    hooks: replyField('data.todo.repository', flatRepository),
    expected: inBody('\\.data\\.todo$'),
  },
  {
    class: 'C10',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: 'the lease in seconds that are left',
    hooks: replyField('data.lease_expires_at', set(60)),
    expected: inBody('\\.data\\.lease_expires_at'),
  },
  unsignedPasses,
  anyKeyPasses,
  anySignatureScheme,
  attachedSignatureExpected,
  unknownKeyCalledOtherwise,
  {
    class: 'C14',
    operation: 'claimTodo',
    given: { state: 'todoSubmitted', params: { by: 'node-planner' } },
    name: 'nodes audit what they submitted themselves',
    hooks: repliedWith(201, { data: {} }, ofStatus(204)),
    expected: inStatus,
  },
  {
    class: 'C18',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: 'there is never anything to do',
    hooks: repliedWith(204, undefined),
    expected: inStatus,
  },
]
