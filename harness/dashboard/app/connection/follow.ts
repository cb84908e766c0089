import { ReplyError } from '#harness/client/errors.ts'
import { pause } from '#harness/client/pause.ts'
import type { ExchangeSummary, Notice, StackView } from '#harness/control/types.ts'
import type { Listed } from '../log/exchange-log.ts'
import { mostKept } from '../log/kept.ts'
import { controlApi, liveNews } from './control-api.ts'
import type { Phase } from './feed-state.ts'

/** Who is told what happens. */
export type Follower = Readonly<{
  phase: (phase: Phase) => void
  /** What the stack is and keeps, first after connecting, then again after each change. */
  read: (what: Reading) => void
  exchange: (exchange: ExchangeSummary) => void
  notice: (notice: Notice) => void
}>

/** `meanwhile` came while it was read: the list may lack it, and does not say with that that it was cleared. */
export type Reading = Readonly<{
  stack: StackView
  list: Listed
  meanwhile: readonly ExchangeSummary[]
  first: boolean
}>

type Following = Readonly<{ baseUrl: string; token: string; follower: Follower; signal: AbortSignal }>

const firstPauseMs = 500
const longestPauseMs = 3_000

/** Follows the stack until the signal aborts, over breaks and restarts; gives up where the token is refused. */
export async function follow(following: Following): Promise<void> {
  const { follower, signal } = following
  for (let failures = 0; !signal.aborted; failures++) {
    const reason = await connection(following, () => (failures = 0))
    if (signal.aborted) return
    if (reason instanceof ReplyError && reason.status === 401)
      return follower.phase({ kind: 'refused', had: 'a wrong token' })
    follower.phase({ kind: 'lost', reason: reason instanceof Error ? reason.message : 'The stack has ended.' })
    await pause(Math.min(firstPauseMs * 2 ** failures, longestPauseMs), signal).catch(() => undefined)
  }
}

/** One connection, from its begin to its end; gives why it ended. */
async function connection({ follower, signal, ...address }: Following, onConnected: () => void): Promise<unknown> {
  const broken = new AbortController()
  const either = AbortSignal.any([signal, broken.signal])
  const api = controlApi(address)
  let meanwhile: ExchangeSummary[] = []
  const read = oneAfterTheOther(async (first) => {
    meanwhile = []
    try {
      const limit = mostKept
      const [stack, list] = await Promise.all([
        api.getStack({}, { signal: either }),
        api.listExchanges({ query: { limit } }, { signal: either }),
      ])
      if (either.aborted) return
      if (first) onConnected()
      follower.read({ stack: stack.body, list: list.body, meanwhile, first })
    } catch (error) {
      broken.abort(error)
    }
  })
  const soon = delayed()
  try {
    for await (const news of liveNews(address, { signal: either, onOpen: read })) {
      if (news.event === 'exchange') {
        meanwhile.push(news.data)
        follower.exchange(news.data)
        if (news.data.faults.length > 0) soon(read)
      } else if (news.event === 'notice') follower.notice(news.data)
      else read()
    }
    return undefined
  } catch (error) {
    return error
  } finally {
    broken.abort()
  }
}

/** Faults act often, and how often is read no more often than this. */
const actedMs = 500

/** Calls back after a while, once for all calls until then. */
function delayed(): (call: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (call) => {
    timer ??= setTimeout(() => {
      timer = undefined
      call()
    }, actedMs)
  }
}

/** Does work again when it was asked for meanwhile, and never twice at once. The work is told whether it is the first. */
function oneAfterTheOther(work: (first: boolean) => Promise<void>): () => void {
  let state: 'idle' | 'busy' | 'wanted again' = 'idle'
  let first = true
  async function run(): Promise<void> {
    state = 'busy'
    await work(first)
    first = false
    const again = state as typeof state | 'wanted again'
    state = 'idle'
    if (again === 'wanted again') await run()
  }
  return () => {
    if (state === 'idle') void run()
    else state = 'wanted again'
  }
}
