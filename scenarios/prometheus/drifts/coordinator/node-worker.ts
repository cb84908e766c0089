import { answered, repliedWith, replyAs, replyField, requestPath, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { rename, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus } from '../refused.ts'
import {
  anyKeyPasses,
  anySignatureScheme,
  signatureReadElsewhere,
  unknownKeyForbidden,
  unsignedPasses,
} from '../signatures.ts'

const claims: readonly Drift[] = [
  {
    class: 'C3',
    operation: 'claimTodo',
    given: { state: 'queueEmpty' },
    name: 'not served: polled for ever on 404',
    hooks: answered(404, { error: { code: 'not_found', message: 'There is no such route.' } }),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: '200 in place of 201',
    hooks: replyAs((reply) => ({ ...reply, status: 200 })),
    expected: inStatus,
  },
  {
    class: 'C8',
    operation: 'claimTodo',
    given: { state: 'todoQueued' },
    name: 'attempts are not counted',
    hooks: replyField(
      'data.todo.attempts',
      turn(() => 0),
    ),
    expected: inBody('\\.data\\.todo\\.attempts'),
  },
  unsignedPasses,
  anyKeyPasses,
  anySignatureScheme,
  signatureReadElsewhere,
  unknownKeyForbidden,
  {
    class: 'C19',
    operation: 'claimTodo',
    given: { state: 'todoClaimed' },
    name: 'one todo is claimed twice',
    hooks: repliedWith(201, { data: {} }, ofStatus(204)),
    expected: inStatus,
  },
]

const work: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'putPullRequest',
    name: 'served at /summarizer/worker/add-todo-pr',
    hooks: requestPath(() => '/summarizer/worker/add-todo-pr'),
    expected: inStatus,
  },
  {
    class: 'C5',
    operation: 'putPullRequest',
    given: { state: 'todoClaimed' },
    name: '204 where a body is read',
    hooks: repliedWith(204, undefined),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putPullRequest',
    given: { state: 'pullRequestSet' },
    name: 'saying it again fails',
    hooks: repliedWith(500, { error: { code: 'internal', message: 'Failed to save PR' } }),
    expected: inStatus,
  },
  {
    class: 'C10',
    operation: 'reportStatus',
    given: { state: 'todoClaimed' },
    name: 'progress of 0 to 100 is taken',
    hooks: repliedWith(200, { data: {} }, ofStatus(422)),
    expected: inStatus,
  },
  {
    class: 'C20',
    operation: 'reportStatus',
    given: { state: 'todoClaimed' },
    name: 'no answer to a failure',
    hooks: unanswered(({ body }) => body.includes('"failed"')),
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
]

const submissions: readonly Drift[] = [
  {
    class: 'C19',
    operation: 'putSubmission',
    given: { state: 'todoSubmitted' },
    name: 'the same work again is refused',
    hooks: repliedWith(409, { error: { code: 'lease_lost', message: 'The claim has ended.' } }),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'getSubmission',
    given: { state: 'todoClaimed' },
    name: '409 where nothing was submitted',
    hooks: replyAs((reply) => ({ ...reply, status: 409 }), ofStatus(404)),
    expected: inStatus,
  },
  {
    class: 'C9',
    operation: 'getSubmission',
    given: { state: 'todoSubmitted' },
    name: 'prUrl in place of pull_request_url',
    hooks: replyField('data.pull_request_url', rename('prUrl')),
    expected: inBody('\\.data$'),
  },
]

/** What a coordinator may do to workers. */
export const nodeWorker: readonly Drift[] = [...claims, ...work, ...submissions]
