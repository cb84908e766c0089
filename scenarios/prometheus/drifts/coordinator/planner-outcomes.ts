import { repliedWith, replyBody, replyField, requestMethod, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus, refusedFor } from '../refused.ts'

const stored = { data: [] }

const plans: readonly Drift[] = [
  {
    class: 'C2',
    operation: 'putPlan',
    name: 'POST where PUT is called',
    hooks: requestMethod('POST'),
    expected: inStatus,
  },
  {
    class: 'C13',
    operation: 'putPlan',
    given: { state: 'leaseExpired' },
    name: 'refused with {success, message}',
    hooks: replyBody(() => ({ success: false, message: 'Lease lost' }), ofStatus(409)),
    expected: inBody(''),
  },
  {
    class: 'C13',
    operation: 'putPlan',
    given: { state: 'leaseExpired' },
    name: 'every 409 has one code',
    hooks: replyField('error.code', set('conflict'), refusedFor('lease_lost')),
    expected: inBody('\\.error\\.code'),
  },
  {
    class: 'C19',
    operation: 'putPlan',
    given: { state: 'planStored' },
    name: 'the same plan again fails',
    hooks: repliedWith(500, { error: { code: 'internal', message: 'duplicate key value' } }),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putPlan',
    given: { state: 'planStored' },
    name: 'the same plan again makes all steps twice',
    hooks: replyField(
      'data',
      turn((steps) => [...(steps as unknown[]), ...(steps as unknown[])]),
    ),
    expected: inBody('\\.data'),
  },
  {
    class: 'C19',
    operation: 'putPlan',
    given: { state: 'planStored' },
    name: 'another plan under the same claim replaces the first',
    hooks: repliedWith(200, stored, refusedFor('conflict')),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putPlan',
    given: { state: 'leaseExpired' },
    name: 'a plan is stored though the lease is over',
    hooks: repliedWith(200, stored, refusedFor('lease_lost')),
    expected: inStatus,
  },
  {
    class: 'C14',
    operation: 'putPlan',
    given: { state: 'todoClaimed', params: { by: 'node-worker' } },
    name: 'a plan is stored under the claim of another node',
    hooks: repliedWith(200, stored, refusedFor('lease_lost')),
    expected: inStatus,
  },
  {
    class: 'C21',
    operation: 'putPlan',
    given: { state: 'todoClaimed' },
    name: 'steps in another order than the plan',
    hooks: replyField(
      'data',
      turn((steps) => (steps as unknown[]).toReversed()),
    ),
    expected: inBody('\\.data\\[0\\]'),
  },
]

const audits: readonly Drift[] = [
  {
    class: 'C5',
    operation: 'putAudit',
    given: { state: 'auditClaimed' },
    name: 'no body where one is',
    hooks: repliedWith(200, undefined),
    expected: inBody(''),
  },
  {
    class: 'C11',
    operation: 'putAudit',
    given: { state: 'auditClaimed' },
    name: 'another word for done',
    hooks: replyField(
      'data.status',
      turn((status) => (status === 'done' ? 'approved' : status)),
    ),
    expected: inBody('\\.data\\.status'),
  },
  {
    class: 'C19',
    operation: 'putAudit',
    given: { state: 'auditStored' },
    name: 'the same verdict again is refused',
    hooks: repliedWith(409, { error: { code: 'lease_lost', message: 'The claim has ended.' } }),
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

/** What a coordinator makes of plans and verdicts. */
export const plannerOutcomes: readonly Drift[] = [...plans, ...audits]
