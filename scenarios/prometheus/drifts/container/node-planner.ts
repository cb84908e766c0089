import {
  answered,
  repliedWith,
  replyAs,
  replyBody,
  replyField,
  requestPath,
  unanswered,
} from '#harness/drift/deviations.ts'
import { otherClaimId } from '#consumers/prometheus/shared/testing/examples.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { rename, set, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus, refusedFor } from '../refused.ts'
import { anySchemeWord, noTokenNeeded, roleIgnored, tokenNeverRead } from '../tokens.ts'

const otherLine = {
  task_id: otherClaimId,
  level: 'info',
  message: 'Said about another task.',
  timestamp: '2026-01-02T03:04:05.678Z',
}

const models = { operation: 'listModels', done: 200 }

/** What a container may do to planners. */
export const nodePlanner: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'listModels',
    name: 'served at /v1/models/available',
    hooks: requestPath(() => '/v1/models/available'),
    expected: inStatus,
  },
  {
    class: 'C3',
    operation: 'listSwarmTypes',
    name: 'always fails',
    hooks: answered(500, { detail: 'Internal Server Error' }),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'startTask',
    name: '200 in place of 202',
    hooks: replyAs((reply) => ({ ...reply, status: 200 }), ofStatus(202)),
    expected: inStatus,
  },
  {
    class: 'C7',
    operation: 'listModels',
    name: 'a list under its own name',
    hooks: replyBody((body) => ({ success: true, models: (body as { data: unknown }).data })),
    expected: inBody(''),
  },
  {
    class: 'C9',
    operation: 'audit',
    name: 'is_approved in place of approved',
    hooks: replyField('data.approved', rename('is_approved')),
    expected: inBody('\\.data$'),
  },
  {
    class: 'C12',
    operation: 'getTask',
    given: { state: 'taskFailed' },
    name: 'why it failed is not said',
    hooks: replyField('data.error', set(null)),
    expected: inBody('\\.data\\.error'),
  },
  {
    class: 'C13',
    operation: 'audit',
    name: 'a refusal of values in the shape of the framework',
    hooks: replyBody(() => ({ detail: [{ loc: ['body'], msg: 'value error', type: 'url' }] }), ofStatus(422)),
    expected: inBody(''),
  },
  anySchemeWord(models),
  noTokenNeeded(models),
  roleIgnored(models),
  tokenNeverRead({ operation: 'startTask' }),
  {
    class: 'C18',
    operation: 'listModels',
    name: 'always empty',
    hooks: replyField('data', set([])),
    expected: inBody('\\.data'),
  },
  {
    class: 'C18',
    operation: 'audit',
    name: 'every failure is an approval',
    hooks: replyField('data.approved', set(true)),
    expected: inBody('\\.data\\.approved'),
  },
  {
    class: 'C19',
    operation: 'startTask',
    given: { state: 'taskRunning' },
    name: 'the same task again begins a second one',
    hooks: replyAs((reply) => ({ ...reply, status: 202 })),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'startTask',
    given: { state: 'taskRunning' },
    name: 'another task takes the place of the first',
    hooks: repliedWith(202, { data: {} }, refusedFor('conflict')),
    expected: inStatus,
  },
  {
    class: 'C20',
    operation: 'startTask',
    name: 'no answer before the agent is done',
    hooks: unanswered(({ path }) => !path.endsWith('/the-first-one')),
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
  {
    class: 'C21',
    operation: 'listLogs',
    name: 'newest first',
    hooks: replyField(
      'data',
      turn((lines) => (lines as unknown[]).toReversed()),
    ),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C21',
    operation: 'listLogs',
    given: { state: 'logsExist', params: { task_id: otherClaimId } },
    name: 'lines of all tasks, whichever is asked for',
    hooks: replyField(
      'data',
      turn((lines) => [...(lines as unknown[]), otherLine]),
    ),
    expected: inBody('\\.data'),
  },
]
