import { repliedWith, replyAs, replyBody, replyField, requestMethod, requestPath } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus } from '../refused.ts'
import { anySchemeWord, expiredTokenPasses } from '../tokens.ts'

const asking = { operation: 'getTask', done: 200 }

/** What a container may do to workers. */
export const nodeWorker: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'getSubmission',
    name: 'served at /submission/{id}',
    hooks: requestPath((path) => path.replace(/^\/api\/tasks(\/.+)\/submission$/, '/submission$1')),
    expected: inStatus,
  },
  {
    class: 'C2',
    operation: 'startTask',
    name: 'POST where PUT is called',
    hooks: requestMethod('POST'),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'getSubmission',
    given: { state: 'taskRunning' },
    name: '200 where there is none',
    hooks: repliedWith(200, 'No submission', ofStatus(404)),
    expected: inStatus,
  },
  {
    class: 'C7',
    operation: 'getTask',
    given: { state: 'taskSucceeded' },
    name: 'flat',
    hooks: replyBody((body) => (body as { data: unknown }).data),
    expected: inBody(''),
  },
  {
    class: 'C10',
    operation: 'health',
    name: 'a count as text',
    hooks: replyField('running_tasks', turn(String)),
    expected: inBody('\\.running_tasks'),
  },
  {
    class: 'C11',
    operation: 'getTask',
    given: { state: 'taskSucceeded' },
    name: 'another word for succeeded',
    hooks: replyField('data.status', set('success')),
    expected: inBody('\\.data\\.status'),
  },
  {
    class: 'C13',
    operation: 'getTask',
    name: 'a refusal in the shape of the framework',
    hooks: replyBody(() => ({ detail: 'Not Found' }), ofStatus(404)),
    expected: inBody(''),
  },
  anySchemeWord(asking),
  expiredTokenPasses(asking),
  {
    class: 'C18',
    operation: 'listLogs',
    name: 'always empty',
    hooks: replyField('data', set([])),
    expected: inBody('\\.data'),
  },
  {
    class: 'C19',
    operation: 'startTask',
    given: { state: 'taskRunning' },
    name: 'the same task again is refused',
    hooks: replyAs((reply) => ({ ...reply, status: 409 })),
    expected: inStatus,
  },
  {
    class: 'C21',
    operation: 'listLogs',
    name: 'page and size ignored',
    hooks: requestPath((path) => path.replace(/&?(per_)?page=\d+/g, '')),
    expected: inBody('\\.(data|pagination)'),
  },
]
