import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { control } from '#harness/control/contract.ts'
import { makeFeed, type News } from '#harness/control/feed.ts'
import type { ExchangeSummary } from '#harness/control/types.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { listen, type Listening } from '#harness/serve/node/host.ts'
import { serve } from '#harness/serve/serve.ts'

/** A stack without components, of which a test tells what happens. */
export type ToldStack = Readonly<{
  /** What it keeps, to be changed at will. */
  exchanges: ExchangeSummary[]
  /** Keeps an exchange, and tells those who watch. */
  tell: (exchange: ExchangeSummary) => void
  /** Tells those who watch that something changed. */
  change: () => void
  watchers: () => number
  /** How often the exchanges were asked for. */
  lists: () => number
  /** Lists from now on what is there when it is asked, and says so only then. */
  holdLists: (until: Promise<void>) => void
  /** Serves its control API: on a free port, for who has the token `right`, unless told otherwise. */
  host: (port?: number) => Promise<Listening>
}>

export function toldStack(system: string, exchanges: ExchangeSummary[] = []): ToldStack {
  const feed = makeFeed()
  let watchers = 0
  let lists = 0
  let held = Promise.resolve()
  const handlers: Handlers<OperationsOf<typeof control>, 'holder'> = {
    getStack: () => reply(200, { system, components: [], edges: [], established: [] }),
    async listExchanges() {
      const listed = [...exchanges]
      lists++
      await held
      return reply(200, { exchanges: listed, dropped: 0 })
    },
    async *live({ signal }) {
      watchers++
      try {
        for await (const news of feed.watch(signal)) yield eventOf(news)
      } finally {
        watchers--
      }
    },
    getExchange: refuse,
    clearExchanges: refuse,
    getCoverage: refuse,
    setState: refuse,
    setComponent: refuse,
    reset: refuse,
    getFaults: refuse,
    setFaults: refuse,
    clearFaults: refuse,
  }
  const authenticate = ({ value }: { value: string }) => (value === 'right' ? 'holder' : undefined)
  return {
    exchanges,
    tell(exchange) {
      exchanges.push(exchange)
      feed.tell({ event: 'exchange', data: exchange, id: String(exchange.id) })
    },
    change: () => feed.tell({ event: 'changed', data: {} }),
    watchers: () => watchers,
    lists: () => lists,
    holdLists: (until) => void (held = until),
    host: (port = 0) => listen(serve(control, handlers, { authenticate }), { port }),
  }
}

function eventOf(news: News) {
  switch (news.event) {
    case 'exchange':
      return event('exchange', news.data, news.id)
    case 'notice':
      return event('notice', news.data)
    case 'changed':
      return event('changed', news.data)
    default:
      return news satisfies never
  }
}

function refuse(): never {
  throw new Refusal(409, 'not_possible', { message: 'There is nothing here.' })
}
