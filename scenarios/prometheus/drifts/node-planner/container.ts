import { repliedWith, replyBody, replyField, requestPath, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus, refusedFor } from '../refused.ts'
import { anySchemeWord, expiredTokenPasses, roleIgnored } from '../tokens.ts'

const reporting = { operation: 'reportPlan', done: 204 }

/** What a planner may do to containers. */
export const container: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'reportFailure',
    name: 'served at /failed-task',
    hooks: requestPath(() => '/failed-task'),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'reportPlan',
    given: { state: 'taskAwaited' },
    name: '200 with a body in place of 204',
    hooks: repliedWith(200, { result: 'saved' }),
    expected: inStatus,
  },
  {
    class: 'C11',
    operation: 'getTask',
    given: { state: 'taskAwaited' },
    name: 'another word for awaited',
    hooks: replyField(
      'data.status',
      turn(() => 'pending'),
    ),
    expected: inBody('\\.data\\.status'),
  },
  {
    class: 'C13',
    operation: 'reportPlan',
    given: { state: 'taskAbandoned' },
    name: 'error as text',
    hooks: replyBody(() => ({ error: 'Failed to save plan' }), ofStatus(409)),
    expected: inBody('\\.error'),
  },
  anySchemeWord(reporting),
  expiredTokenPasses(reporting),
  roleIgnored(reporting),
  {
    class: 'C19',
    operation: 'reportPlan',
    given: { state: 'planReported' },
    name: 'the same plan again is refused',
    hooks: repliedWith(409, { error: { code: 'conflict', message: 'There is a plan.' } }),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'reportPlan',
    given: { state: 'planReported' },
    name: 'another plan replaces the first',
    hooks: repliedWith(204, undefined, refusedFor('conflict')),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'reportPlan',
    given: { state: 'taskAbandoned' },
    name: 'a plan is taken though the lease is over',
    hooks: repliedWith(204, undefined, refusedFor('abandoned')),
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
