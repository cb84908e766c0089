import { hash } from 'node:crypto'
import type { StartedMock } from '#harness/mock/mock.ts'
import type { Drawn } from './chance.ts'

/** Something that changed what a mock knows, to be done again over a new memory. Times are ticks of the history. */
export type Deed = StateDeed | RequestDeed

type Common = Readonly<{ began: number; drawn: Drawn }>

export type StateDeed = Common &
  Readonly<{ kind: 'state'; state: string; params: unknown; options: Parameters<StartedMock['setUp']>[2] }>

/** A request that was answered with a status below 400. `reading` is undefined where the reply is no stream. */
export type RequestDeed = Common &
  Readonly<{
    kind: 'request'
    method: string
    url: string
    headers: readonly (readonly [string, string])[]
    body: Uint8Array<ArrayBuffer>
    reading: Reading | undefined
    /** Same request, same reply. */
    likeness: string | undefined
  }>

/** How far a stream was read. */
export type Reading = { chunks: number; ended: number | undefined }

/** What a mock was made to know since its last reset, oldest first. */
export type History = Readonly<{
  tick: () => number
  add: (deed: Deed) => void
  /** All deeds that were added after so many, in the order in which they began. */
  since: (added: number) => readonly Deed[]
  /** How many deeds were ever added. */
  added: () => number
  /** How many were dropped, beyond what is kept. */
  dropped: () => number
  clear: () => void
}>

const mostDeeds = 5_000
const mostBytes = 64 * 1024 * 1024
/** Of deeds that are alike, as of somebody who asks again and again, so many of the first and of the last are kept. */
const alikeKept = 10

type Added = { deed: Deed; number: number }

/** Makes an empty history. It is bounded: what is repeated all the time does not fill it. */
export function makeHistory(): History {
  const added = new Set<Added>()
  let ticks = 0
  let count = 0
  let dropped = 0
  let bytes = 0
  const alike = new Map<string, Added[]>()

  function remove(one: Added): void {
    if (!added.delete(one)) return
    bytes -= sizeOf(one.deed)
  }
  function add(deed: Deed): void {
    const one = { deed, number: ++count }
    added.add(one)
    bytes += sizeOf(deed)
    if (deed.kind === 'request' && deed.likeness !== undefined) thin(deed.likeness, one)
    for (const oldest of added) {
      if (added.size <= mostDeeds && bytes <= mostBytes) break
      drop(oldest)
    }
  }
  function drop(oldest: Added): void {
    remove(oldest)
    dropped++
    const likeness = oldest.deed.kind === 'request' ? oldest.deed.likeness : undefined
    const those = likeness === undefined ? undefined : alike.get(likeness)
    // What nobody is like any more is forgotten, or each request that is never repeated would be kept in name for ever.
    if (likeness !== undefined && those?.at(-1) === oldest) alike.delete(likeness)
  }
  function thin(likeness: string, one: Added): void {
    const those = alike.get(likeness) ?? []
    those.push(one)
    alike.set(likeness, those)
    if (those.length > 2 * alikeKept) those.splice(alikeKept, 1).forEach(remove)
  }
  return {
    tick: () => ++ticks,
    add,
    since: (number) =>
      [...added]
        .filter((one) => one.number > number)
        .map(({ deed }) => deed)
        .toSorted((a, b) => a.began - b.began),
    added: () => count,
    dropped: () => dropped,
    clear() {
      added.clear()
      alike.clear()
      dropped = 0
      bytes = 0
    },
  }
}

function sizeOf(deed: Deed): number {
  return deed.kind === 'request' ? deed.body.byteLength : 0
}

/** The same for requests that ask the same and were answered the same, whoever asked. */
export function likenessOf(parts: readonly (string | Uint8Array)[]): string {
  return hash('sha256', Buffer.concat(parts.flatMap((part) => [Buffer.from(part), lineEnd])), 'base64')
}

const lineEnd = Buffer.from('\n')
