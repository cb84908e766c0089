import { AsyncLocalStorage } from 'node:async_hooks'
import nodeCrypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** What was left to chance and to the clock while something was done, by kind, in the order in which it was asked for. */
export type Drawn = Readonly<Record<Kind, unknown[]>>

type Kind = 'id' | 'number' | 'bytes' | 'time'
type Draws = { mode: 'note' | 'repeat' | 'over'; drawn: Drawn }

/** Something that is done with its draws noted or repeated. After `end`, chance and clock are the real ones again. */
export type Drawing = Readonly<{ drawn: Drawn; run: <T>(work: () => T) => T; end: () => void }>

const current = new AsyncLocalStorage<Draws>()

/** Begins to note what work draws: ids, random numbers and bytes, and the time. */
export function noteDraws(): Drawing {
  return drawing({ mode: 'note', drawn: { id: [], number: [], bytes: [], time: [] } })
}

/** Gives work the draws of another time again. Where it asks for more, time stands still and the rest is new. */
export function repeatDraws({ id, number, bytes, time }: Drawn): Drawing {
  return drawing({ mode: 'repeat', drawn: { id: [...id], number: [...number], bytes: [...bytes], time: [...time] } })
}

function drawing(draws: Draws): Drawing {
  return {
    drawn: draws.drawn,
    run: (work) => current.run(draws, work),
    end: () => void (draws.mode = 'over'),
  }
}

let watched = false

/**
 * Puts itself between all code of this process and its chance and clock: outside of a drawing nothing changes. To be
 * called before what is to be watched is loaded: it may keep `Date.now` for itself.
 */
export function watchChance(): void {
  if (watched) return
  watched = true
  watchClock()
  watchIds()
  watchBytes()
  const random = Math.random.bind(Math)
  Math.random = () => draw('number', random)
  syncBuiltinESMExports()
}

function watchClock(): void {
  const RealDate = Date
  const now = Date.now.bind(Date)
  Date.now = () => draw('time', now)
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args: [], newTarget: typeof Date) {
      // Without arguments a date is now.
      return Reflect.construct(target, args.length > 0 ? args : [Date.now()], newTarget)
    },
  })
}

type Id = ReturnType<typeof crypto.randomUUID>

function watchIds(): void {
  const webId = globalThis.crypto.randomUUID.bind(globalThis.crypto)
  Object.defineProperty(globalThis.crypto, 'randomUUID', { configurable: true, value: () => draw<Id>('id', webId) })
  const nodeId = nodeCrypto.randomUUID
  nodeCrypto.randomUUID = (options) => draw<Id>('id', () => nodeId(options))
}

function watchBytes(): void {
  const { crypto: web } = globalThis
  const fill = web.getRandomValues.bind(web)
  function getRandomValues<T extends Exclude<BufferSource, ArrayBuffer>>(into: T): T {
    const view = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
    view.set(draw('bytes', () => fill(new Uint8Array(view.length))).subarray(0, view.length))
    return into
  }
  Object.defineProperty(web, 'getRandomValues', { configurable: true, value: getRandomValues })
}

function draw<T>(kind: Kind, make: () => T): T {
  const draws = current.getStore()
  switch (draws?.mode) {
    case undefined:
    case 'over':
      return make()
    case 'note': {
      const made = make()
      draws.drawn[kind].push(made)
      return made
    }
    case 'repeat':
      return repeated(draws.drawn[kind], kind) ?? make()
  }
}

function repeated<T>(noted: unknown[], kind: Kind): T | undefined {
  // The last time stays: what is done again was not done later than that.
  return (kind === 'time' && noted.length === 1 ? noted[0] : noted.shift()) as T | undefined
}
