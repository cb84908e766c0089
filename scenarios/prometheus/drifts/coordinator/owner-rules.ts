import { repliedWith, replyBody, replyField, requestPath, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { refusedFor, ofStatus } from '../refused.ts'
import { anySchemeWord, expiredTokenPasses, expiryCalledOtherwise, noTokenNeeded, roleIgnored } from '../tokens.ts'

const reversed = turn((list) => (list as unknown[]).toReversed())
const listing = { operation: 'listJobs', done: 200 }

/** Parameters of the query are not looked at. */
function ignoring(...names: readonly string[]): Drift['hooks'] {
  return requestPath((path) => {
    const [pathname = '', query] = path.split('?')
    const kept = [...new URLSearchParams(query)].filter(([name]) => !names.includes(name))
    return `${pathname}?${new URLSearchParams(kept).toString()}`
  })
}

const refusals: readonly Drift[] = [
  {
    class: 'C13',
    operation: 'getJob',
    name: 'error as text',
    hooks: replyBody(() => ({ error: 'Swarm job not found', details: 'none' }), ofStatus(404)),
    expected: inBody('\\.error'),
  },
  {
    class: 'C13',
    operation: 'listJobs',
    name: 'a shape of its own where credentials are checked',
    hooks: replyBody(() => ({ success: false, message: 'No bearer token provided' }), ofStatus(401)),
    expected: inBody(''),
  },
  anySchemeWord(listing),
  noTokenNeeded(listing),
  expiredTokenPasses(listing),
  expiryCalledOtherwise(listing),
  roleIgnored({ operation: 'createJob', done: 201 }),
  {
    class: 'C14',
    operation: 'getJob',
    given: { state: 'jobExists', params: { owner: 'bob' } },
    name: 'everybody sees the jobs of all',
    hooks: repliedWith(200, { data: {} }, refusedFor('not_found')),
    expected: inStatus,
  },
]

const behaviour: readonly Drift[] = [
  {
    class: 'C18',
    operation: 'listJobs',
    name: 'always empty',
    hooks: replyField('data', set([])),
    expected: inBody('\\.data'),
  },
  {
    class: 'C19',
    operation: 'setJobStatus',
    given: { state: 'jobExists', params: { status: 'cancelled' } },
    name: 'cancelling again is refused',
    hooks: repliedWith(409, { error: { code: 'job_ended', message: 'The job is cancelled.' } }),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'setJobStatus',
    given: { state: 'jobCompleted' },
    name: 'what is completed is cancelled all the same',
    hooks: repliedWith(200, { data: { status: 'cancelled' } }, refusedFor('job_ended')),
    expected: inStatus,
  },
  {
    class: 'C20',
    operation: 'health',
    given: { state: 'storeDown' },
    name: 'hangs with the database down',
    hooks: unanswered(),
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
  {
    class: 'C21',
    operation: 'listJobs',
    given: { state: 'jobsExist' },
    name: 'oldest first',
    hooks: replyField('data', reversed),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C21',
    operation: 'listJobs',
    given: { state: 'jobsExist' },
    name: 'page and size ignored',
    hooks: ignoring('page', 'per_page'),
    expected: inBody('\\.(data|pagination)'),
  },
  {
    class: 'C21',
    operation: 'listJobs',
    given: { state: 'jobExists', params: { status: 'cancelled' } },
    name: 'status ignored',
    hooks: ignoring('status'),
    expected: inBody('\\.(data|pagination)'),
  },
  {
    class: 'C21',
    operation: 'listTodos',
    name: 'todos in another order than the plan',
    hooks: replyField('data', reversed),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C21',
    operation: 'getJobResult',
    name: 'results in the order of their making',
    hooks: replyField('data.results', reversed),
    expected: inBody('\\.data\\.results\\[0\\]'),
  },
]

/** Whom a coordinator lets do what, and what comes of it. */
export const ownerRules: readonly Drift[] = [...refusals, ...behaviour]
