import { chance } from '#harness/fault/chance.ts'
import type { Fault } from '#harness/fault/fault.ts'

/** What becomes of one event or message: what is sent in its place, and whether the connection breaks then. */
export type ItemFate = Readonly<{ texts: readonly string[]; breaks: boolean }>

/** Faults as they meet the events of one stream, or the messages of one channel, in the order of their coming. */
export type ItemFaults = Readonly<{
  /** What takes the place of the next item. */
  fateOf: (text: string) => ItemFate
  /** Milliseconds that have to lie between the next item that is sent and the one before it. */
  gap: () => number
  /** Whether the connection breaks before any item. */
  breaksAtOnce: boolean
}>

/** What one fault makes of the next item that it meets. */
type Step = (text: string) => ItemFate

/** @param halve Breaks an item off half-way. */
export function itemFaults(faults: readonly Fault[], halve: (text: string) => string): ItemFaults {
  const steps = faults.flatMap((fault) => stepOf(fault, halve) ?? [])
  const gaps = faults.flatMap((fault) => (fault.kind === 'slowTokens' ? [gapsOf(fault)] : []))
  let sent = 0
  function fateOf(text: string): ItemFate {
    let items: readonly string[] = [text]
    let breaks = false
    for (const step of steps) {
      const next: string[] = []
      for (const item of items) {
        const fate = step(item)
        next.push(...fate.texts)
        if (fate.breaks) {
          breaks = true
          break
        }
      }
      items = next
    }
    return { texts: items, breaks }
  }
  return {
    fateOf,
    gap() {
      const index = sent++
      return gaps.reduce((sum, gap) => sum + gap(index), 0)
    },
    breaksAtOnce: faults.some((fault) => fault.kind === 'cut' && fault.afterEvents === 0),
  }
}

function stepOf(fault: Fault, halve: (text: string) => string): Step | undefined {
  let count = 0
  switch (fault.kind) {
    case 'cut':
      return (text) => ({ texts: [text], breaks: ++count >= fault.afterEvents })
    case 'malformed':
      return (text) => ({ texts: [halve(text)], breaks: false })
    case 'duplicateMessage':
      return (text) => ({ texts: ++count % fault.every === 0 ? [text, text] : [text], breaks: false })
    case 'dropMessage':
      return (text) => ({ texts: ++count % fault.every === 0 ? [] : [text], breaks: false })
    default:
      return undefined
  }
}

type Slow = Extract<Fault, { kind: 'slowTokens' }>

function gapsOf({ firstEventMs, eventsPerSecond, jitter, seed }: Slow): (index: number) => number {
  return (index) =>
    index === 0 ? firstEventMs : (1000 / eventsPerSecond) * (1 + jitter * (2 * chance(seed, index) - 1))
}
