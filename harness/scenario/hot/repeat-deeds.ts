import { faultHeader } from '#harness/mock/headers/names.ts'
import type { StartedMock } from '#harness/mock/mock.ts'
import { repeatDraws } from './chance.ts'
import type { Deed, RequestDeed } from './history.ts'
import { wentWell } from './remembering.ts'

/** What came of deeds that were done again: how many, and which are refused now. */
export type Repeated = Readonly<{ states: number; requests: number; refused: readonly string[] }>

/** Milliseconds that a deed may take when it is done again. */
const deedMs = 5_000

/**
 * Does deeds again on a mock, with the same ids and at the same time as before. A deed begins after those that had ended
 * when it began.
 */
export async function repeatDeeds(mock: StartedMock, deeds: readonly Deed[]): Promise<Repeated> {
  const refused: string[] = []
  const underWay = new Set<UnderWay>()
  for (const deed of deeds) {
    await Promise.all([...underWay].filter(({ ended }) => ended < deed.began).map(({ done }) => done))
    const repeating = repeat(mock, deed).then((problem) => {
      if (problem !== undefined) refused.push(`${nameOf(deed)}: ${problem}`)
    })
    const ended = deed.kind === 'request' && deed.reading ? (deed.reading.ended ?? Infinity) : undefined
    if (ended === undefined) await repeating
    else underWay.add({ ended, done: repeating })
  }
  await Promise.all([...underWay].map(({ done }) => done))
  return {
    states: deeds.filter(({ kind }) => kind === 'state').length,
    requests: deeds.filter(({ kind }) => kind === 'request').length,
    refused,
  }
}

type UnderWay = Readonly<{ ended: number; done: Promise<void> }>

/** Does one deed again. Gives why it is refused now, where it is. */
async function repeat(mock: StartedMock, deed: Deed): Promise<string | undefined> {
  const draws = repeatDraws(deed.drawn)
  const giveUp = AbortSignal.timeout(deedMs)
  try {
    if (deed.kind === 'state') await draws.run(() => mock.setUp(deed.state, deed.params, deed.options))
    else return await draws.run(() => request(mock, deed, giveUp))
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  } finally {
    draws.end()
  }
}

async function request({ service }: StartedMock, deed: RequestDeed, signal: AbortSignal): Promise<string | undefined> {
  const { url, method, body, reading } = deed
  const headers = new Headers(deed.headers.map(([name, value]) => [name, value]))
  // It slowed the answer down, or broke it off: what was done was done.
  headers.delete(faultHeader)
  const sent = new Request(url, { method, headers, signal, ...(body.byteLength > 0 && { body }) })
  const reply = await within(service.fetch(sent), signal)
  if (!wentWell(reply)) {
    await reply.body?.cancel()
    return `${reply.status} now`
  }
  await within(readAgain(reply, reading), signal)
  return undefined
}

/** Reads a stream as far as it was read. */
async function readAgain(reply: Response, reading: RequestDeed['reading']): Promise<void> {
  const reader = reply.body?.getReader()
  for (let chunks = 0; reader && (!reading || reading.ended !== undefined || chunks < reading.chunks); chunks++) {
    if ((await reader.read()).done) return
  }
  await reader?.cancel()
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const late = (): void => reject(new Error(`not done within ${deedMs / 1000} s`))
  signal.addEventListener('abort', late)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', late)
  }
}

function nameOf(deed: Deed): string {
  return deed.kind === 'state' ? `state ${deed.state}` : `${deed.method} ${new URL(deed.url).pathname}`
}
