import type { OperationDescription } from '../description/description.ts'
import type { Definitions } from './alternatives.ts'
import { compareOrders } from './compare-orders.ts'
import type { ContractChange } from './contract-change.ts'
import { requestChanges, sentChanges } from './request-changes.ts'
import { readChanges, replyChanges } from './reply-changes.ts'

/** A change within an operation. */
export type Said = Pick<ContractChange, 'place' | 'what' | 'breaks'> & Partial<Pick<ContractChange, 'isMild'>>

/** An operation as it was, or is. */
export type OperationSide = Readonly<{ operation: OperationDescription; definitions: Definitions }>

/** What an operation means now that it did not mean before. */
export function operationChanges(before: OperationSide, after: OperationSide): readonly Said[] {
  const moved = callChanges(before.operation, after.operation)
  if (before.operation.kind !== after.operation.kind) return moved
  return [
    ...moved,
    ...credentialChanges(before.operation.auth, after.operation.auth),
    ...requestChanges(before, after),
    ...replyChanges(before, after),
    ...streamChanges(before, after),
  ]
}

function callChanges(before: OperationDescription, after: OperationDescription): readonly Said[] {
  const [old, now] = [before, after].map(
    ({ kind, method, path }) => `${kind === 'http' ? '' : `${kind} `}${method} ${path}`,
  )
  // What a parameter is called is nobody's business but the contract's.
  const plain = (text = ''): string => text.replaceAll(/\{[^}]*\}/g, '{}')
  if (plain(old) === plain(now)) return []
  return [{ place: 'operation', what: `was ${old} and is ${now}`, breaks: { kind: 'callers' } }]
}

function credentialChanges(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly Said[] {
  const place = 'credential'
  if (!after) return before ? [{ place, what: 'is not asked for any more', breaks: { kind: 'nobody' } }] : []
  if (!before)
    return [{ place, what: `is asked for now: ${after.join(' or ')}`, breaks: { kind: 'credential', way: undefined } }]
  return [
    ...before
      .filter((way) => !after.includes(way))
      .map((way): Said => ({ place, what: `is not taken as ${way} any more`, breaks: { kind: 'credential', way } })),
    ...after
      .filter((way) => !before.includes(way))
      .map((way): Said => ({ place, what: `is taken as ${way} too`, breaks: { kind: 'nobody' } })),
  ]
}

function streamChanges(before: OperationSide, after: OperationSide): readonly Said[] {
  const { operation: old } = before
  const { operation: now } = after
  const resumes: readonly Said[] =
    old.resumes === true && now.resumes === false
      ? [
          {
            place: 'request headers.last-event-id',
            what: 'is not read any more',
            breaks: { kind: 'senders', part: 'headers', path: ['last-event-id'] },
          },
        ]
      : []
  return [
    ...resumes,
    ...orderChanges(old.order, now.order),
    ...named('event', { before: old.events, after: now.events }, (name, [one, other]) =>
      readChanges(
        `event ${name}`,
        { schema: one, definitions: before.definitions },
        { schema: other, definitions: after.definitions },
      ),
    ),
    ...named('receives', { before: old.receive, after: now.receive }, (name, [one, other]) =>
      readChanges(
        `receives ${name}`,
        { schema: one, definitions: before.definitions },
        { schema: other, definitions: after.definitions },
      ),
    ),
    ...named('sends', { before: old.send, after: now.send }, (name, [one, other]) =>
      sentChanges(
        `sends ${name}`,
        { schema: one, definitions: before.definitions },
        { schema: other, definitions: after.definitions },
      ),
    ),
  ]
}

function orderChanges(before: string | undefined, after: string | undefined): readonly Said[] {
  if (before === undefined || after === undefined) return []
  const { come, gone } = compareOrders(before, after)
  const words = (events: readonly string[]): string =>
    events.length === 0 ? 'a stream without events' : events.join(', ')
  return [
    ...(come ? [{ place: 'order', what: `allows ${words(come)} now`, breaks: { kind: 'followers' } } as const] : []),
    ...(gone
      ? [{ place: 'order', what: `does not allow ${words(gone)} any more`, breaks: { kind: 'nobody' } } as const]
      : []),
  ]
}

type Schemas = OperationDescription['events']

/** Events and messages by name: those of both sides are compared; new and former ones are told. */
function named(
  what: 'event' | 'receives' | 'sends',
  { before = {}, after = {} }: Readonly<{ before: Schemas; after: Schemas }>,
  compare: (
    name: string,
    sides: readonly [NonNullable<Schemas>[string], NonNullable<Schemas>[string]],
  ) => readonly Said[],
): readonly Said[] {
  const come = Object.keys(after).filter((name) => !(name in before))
  return [
    ...Object.entries(before).flatMap(([name, schema]): readonly Said[] => {
      const now = after[name]
      if (now) return compare(name, [schema, now])
      const kind = what === 'sends' ? 'senders' : 'readers'
      return [{ place: `${what} ${name}`, what: 'is gone', breaks: { kind, part: `${what} ${name}`, path: [] } }]
    }),
    ...come.map((name): Said => ({
      place: `${what} ${name}`,
      what: 'is new',
      // Which events may come, and when, is told by the order; a channel has none.
      breaks: what === 'receives' ? { kind: 'followers' } : { kind: 'nobody' },
      isMild: true,
    })),
  ]
}
