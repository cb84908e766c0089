import { isMediaType } from '#harness/contract/content.ts'
import { jsonOr } from '#harness/contract/json.ts'
import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { SseOperation } from '#harness/contract/operation.ts'
import { z } from 'zod'
import type { Run, SseEnvelope } from '#harness/pact/stream/envelope.ts'
import type { ProxiedEvent } from '#harness/stack/proxy/types.ts'
import { fieldMutants } from './field-mutants.ts'
import { onEventData, onEvents } from './hooks.ts'
import { together, type Mutant, type Mutants, type Unobservable } from './mutant.ts'
import type { BodyRules } from './pact-rules.ts'
import { silenceMs } from './request-mutants.ts'
import { bodiesOfRuns, doubledIsRefused, namesIn } from './runs.ts'

/** A stream in a pact: what comes, and how that is compared. */
export type StreamUse = Readonly<{ index: number; envelope: SseEnvelope; runs: readonly Run[]; rules: BodyRules }>

/** All that may be wrong with the streams of one operation. */
export function streamMutants(operation: string, { spec }: SseOperation, uses: readonly StreamUse[]): Mutants {
  const make = makerFor(operation, uses)
  return together([
    ...namesIn(uses).map((name) =>
      fieldMutants({
        operation,
        name: `${name} $`,
        schema: spec.events[name] ?? z.unknown(),
        bodies: bodiesOfRuns(uses, name),
        interactions: having(uses, name).map(({ index }) => index),
        on: 'exchange',
        hooks: (change) => onEventData(name, change),
      }),
    ),
    {
      mutants: namesIn(uses).flatMap((name) => eventMutants({ name, order: spec.order, uses }, make)),
      unobservable: [],
    },
    { mutants: wholeMutants(uses, make), unobservable: [] },
    reordered(uses, make),
    heldBack(operation, uses, make),
  ])
}

function having(uses: readonly StreamUse[], name: string): readonly StreamUse[] {
  return uses.filter(({ runs }) => runs.some((run) => run.name === name))
}

type Wrong = Pick<Mutant, 'change' | 'hooks'> & Readonly<{ at: string; uses?: readonly StreamUse[]; class?: string }>
type Maker = (wrong: Wrong) => Mutant

function makerFor(operation: string, all: readonly StreamUse[]): Maker {
  return ({ at, change, hooks, uses = all, class: label = 'C15' }) => ({
    class: label,
    operation,
    place: at,
    change,
    used: true,
    expected: 'caught',
    on: 'exchange',
    hooks,
    interactions: uses.map(({ index }) => index),
    severity: 'error',
    advice: 'Record the stream to its end, with an example of each event that the consumer reads.',
  })
}

type EventOf = Readonly<{ name: string; order: string; uses: readonly StreamUse[] }>

function eventMutants({ name, order, uses }: EventOf, make: Maker): readonly Mutant[] {
  const whose = having(uses, name)
  const of = (change: string, instead: (event: ProxiedEvent) => readonly ProxiedEvent[]): Mutant =>
    make({
      at: name,
      change,
      hooks: onEvents((event) => (event.event === name ? instead(event) : [event])),
      uses: whose,
    })
  const twice = of('sent twice', (event) => [event, event])
  const isRefused = whose.some((use) => isOutOfOrder(order, use, name) || doubledIsRefused(use, name))
  const hasIds = whose.some(({ runs }) => runs.some((run) => run.name === name && run.items.some(({ id }) => id)))
  return [
    of('renamed', (event) => [{ ...event, event: `${name}_2` }]),
    { ...of('left out', () => []), timeoutMs: silenceMs },
    of('without a name', (event) => [
      { ...event, event: 'message', data: JSON.stringify({ type: name, data: jsonOr(event.data, event.data) }) },
    ]),
    of('malformed', (event) => [{ ...event, data: event.data.slice(0, -1) }]),
    { ...twice, expected: isRefused ? 'caught' : 'green' },
    ...(hasIds ? [of('without its id', ({ event, data }) => [{ event, data }])] : []),
  ]
}

/** Whether the contract's order forbids what the example would be with every event of a name sent twice. */
function isOutOfOrder(order: string, { runs, envelope }: StreamUse, name: string): boolean {
  if ('last-event-id' in envelope.headers) return false
  const names = runs.flatMap((run) => run.items.flatMap(() => (run.name === name ? [name, name] : [run.name])))
  const end = names.reduce<OrderState | undefined>((state, one) => state?.next(one), parseOrder(order).start)
  return end === undefined
}

function wholeMutants(uses: readonly StreamUse[], make: Maker): readonly Mutant[] {
  const ending = uses.filter(({ envelope }) => envelope.ends)
  const several = uses.filter(({ runs }) => runs.flatMap(({ items }) => items).length > 1)
  return [
    make({ class: 'C4', at: '200 status', change: '202', hooks: onHead((head) => ({ ...head, status: 202 })) }),
    make({ class: 'C6', at: '200 content-type', change: 'of another kind', hooks: onHead(asJson) }),
    ...(ending.length > 0
      ? [{ ...make({ at: 'end', change: 'does not come', uses: ending, hooks: leftOpen }), timeoutMs: silenceMs }]
      : []),
    ...(several.length > 0
      ? [
          make({
            at: 'stream',
            change: 'cut off after its first event',
            uses: several,
            hooks: onEvents((event, _request, index) => (index > 0 ? 'cut' : [event])),
          }),
        ]
      : []),
  ]
}

type Head = Readonly<{ status: number; headers: Record<string, string | string[]> }>

function onHead(change: (head: Head) => Head): Mutant['hooks'] {
  return (changed) => ({
    streamHead(head) {
      if (!isMediaType(String(head.headers['content-type']), 'text/event-stream')) return head
      changed()
      return change(head)
    },
  })
}

function asJson({ status, headers }: Head): Head {
  return { status, headers: { ...headers, 'content-type': 'application/json' } }
}

const leftOpen: Mutant['hooks'] = (changed) => ({
  streamEnd() {
    changed()
    return { keepOpen: true }
  },
})

/** The first event comes after the first one of another name. */
function reordered(uses: readonly StreamUse[], make: Maker): Mutants {
  const mixed = uses.filter(({ runs }) => runs.length > 1)
  if (mixed.length === 0) return { mutants: [], unobservable: [] }
  const hooks: Mutant['hooks'] = (changed) => {
    const held = new Map<number, ProxiedEvent | undefined>()
    return {
      event(event, { id }) {
        const first = held.get(id)
        if (!held.has(id)) {
          held.set(id, event)
          return []
        }
        if (first === undefined || first.event === event.event) return [event]
        held.set(id, undefined)
        changed()
        return [event, first]
      },
    }
  }
  return { mutants: [make({ at: 'stream', change: 'in another order', uses: mixed, hooks })], unobservable: [] }
}

/** Only a recording that says so waits for events one by one. */
function heldBack(operation: string, uses: readonly StreamUse[], make: Maker): Mutants {
  const progressive = uses.filter(
    ({ envelope, runs }) => envelope.progressive && runs.flatMap((run) => run.items).length > 2,
  )
  const place = { operation, place: 'stream', change: 'held back until its end' }
  const why: Unobservable = {
    ...place,
    why: 'no recording of it asks for events one by one',
    advice: 'Record one of at least three events with `progressive: true`.',
  }
  if (progressive.length === 0) return { mutants: [], unobservable: [why] }
  const hooks: Mutant['hooks'] = (changed) => ({ holdEvents: true, streamEnd: () => (changed(), {}) })
  return { mutants: [make({ at: place.place, change: place.change, uses: progressive, hooks })], unobservable: [] }
}
