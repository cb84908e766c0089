import { answered, repliedWith, replyBody, replyField, requestPath, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { rename, set } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus, refusedFor } from '../refused.ts'
import { anySchemeWord, expiredTokenPasses, roleIgnored } from '../tokens.ts'

const reporting = { operation: 'reportPullRequest', done: 204 }

/** What a worker may do to containers. */
export const container: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'reportPullRequest',
    name: 'served at /add-todo-pr',
    hooks: requestPath((path) => path.replace(/^\/api\/tasks(\/.+)\/pull-request$/, '/task$1/add-todo-pr')),
    expected: inStatus,
  },
  {
    class: 'C3',
    operation: 'getTask',
    name: 'not served',
    hooks: answered(404, { error: { code: 'no_route', message: 'There is no such route.' } }),
    expected: inStatus,
  },
  {
    class: 'C5',
    operation: 'reportFailure',
    given: { state: 'taskAwaited' },
    name: 'a body where none is',
    hooks: repliedWith(200, { result: null }),
    expected: inStatus,
  },
  {
    class: 'C7',
    operation: 'getTask',
    given: { state: 'taskAwaited' },
    name: 'flat, under {result}',
    hooks: replyBody((body) => ({ result: (body as { data: unknown }).data })),
    expected: inBody(''),
  },
  {
    class: 'C9',
    operation: 'getTask',
    given: { state: 'taskAwaited' },
    name: 'state in place of status',
    hooks: replyField('data.status', rename('state')),
    expected: inBody('\\.data$'),
  },
  {
    class: 'C11',
    operation: 'health',
    name: 'another word for healthy',
    hooks: replyField('status', set('ok')),
    expected: inBody('\\.status'),
  },
  {
    class: 'C13',
    operation: 'reportPullRequest',
    name: 'a refusal of values as {success, message}',
    hooks: replyBody(() => ({ success: false, message: 'Failed to save PR' }), ofStatus(422)),
    expected: inBody(''),
  },
  anySchemeWord(reporting),
  expiredTokenPasses(reporting),
  roleIgnored(reporting),
  {
    class: 'C19',
    operation: 'reportPullRequest',
    given: { state: 'pullRequestReported' },
    name: 'the same pull request again fails',
    hooks: repliedWith(500, { error: { code: 'internal', message: 'Failed to save PR' } }),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'reportPullRequest',
    given: { state: 'pullRequestReported' },
    name: 'another pull request replaces the first',
    hooks: repliedWith(204, undefined, refusedFor('conflict')),
    expected: inStatus,
  },
  {
    class: 'C20',
    operation: 'reportFailure',
    given: { state: 'taskAwaited' },
    name: 'no answer to a failure',
    hooks: unanswered(),
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
]
