import { repliedWith, replyAs, replyBody, replyField, requestPath, unanswered } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { rename, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { ofStatus, refusedFor } from '../refused.ts'
import { anySchemeWord, expiredTokenPasses, roleIgnored } from '../tokens.ts'

const storing = { operation: 'putTodoResult', done: 201 }

/** What a coordinator may do to containers. */
export const container: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'addLogs',
    name: 'served at /logs',
    hooks: requestPath((path) => path.replace('/api/', '/')),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'addLogs',
    name: '200 in place of 202',
    hooks: replyAs((reply) => ({ ...reply, status: 200 })),
    expected: inStatus,
  },
  {
    class: 'C7',
    operation: 'putTodoResult',
    given: { state: 'todoClaimed' },
    name: 'flat',
    hooks: replyBody((body) => (body as { data: unknown }).data),
    expected: inBody(''),
  },
  {
    class: 'C9',
    operation: 'putTodoResult',
    given: { state: 'todoResultStored' },
    name: 'storedAt in place of stored_at',
    hooks: replyField('data.stored_at', rename('storedAt')),
    expected: inBody('\\.data$'),
  },
  {
    class: 'C10',
    operation: 'addLogs',
    name: 'a count as text',
    hooks: replyField('data.accepted', turn(String)),
    expected: inBody('\\.data\\.accepted'),
  },
  {
    class: 'C11',
    operation: 'health',
    name: 'another word for healthy',
    hooks: replyField(
      'database',
      turn((word) => (word === 'healthy' ? 'ok' : word)),
    ),
    expected: inBody('\\.database'),
  },
  {
    class: 'C13',
    operation: 'addLogs',
    name: 'a refusal of values without the field',
    hooks: replyBody(() => ({ error: { code: 'validation_error', message: 'Not valid.' } }), ofStatus(422)),
    expected: inBody('\\.error'),
  },
  anySchemeWord(storing),
  expiredTokenPasses(storing),
  roleIgnored(storing),
  {
    class: 'C14',
    operation: 'putTodoResult',
    given: { state: 'todoClaimed' },
    name: 'results are taken under any claim',
    hooks: repliedWith(201, { data: {} }, refusedFor('lease_lost')),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putTodoResult',
    given: { state: 'todoResultStored' },
    name: 'the same result again fails',
    hooks: repliedWith(500, { error: 'E11000 duplicate key error collection: swarmresults' }),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putTodoResult',
    given: { state: 'todoResultStored' },
    name: 'the same result again makes a second one',
    hooks: replyAs((reply) => ({ ...reply, status: 201 })),
    expected: inStatus,
  },
  {
    class: 'C19',
    operation: 'putTodoResult',
    given: { state: 'todoResultStored' },
    name: 'another result under the same claim replaces the first',
    hooks: repliedWith(200, { data: {} }, refusedFor('conflict')),
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
]
