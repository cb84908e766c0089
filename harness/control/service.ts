import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Service } from '#harness/serve/service.ts'
import { control } from './contract.ts'
import type { Controlled } from './controlled.ts'
import { checkFaults, checkState, componentOf, edgeOf, possible } from './checks.ts'
import type { News } from './feed.ts'
import { showExchange } from './show/show-exchange.ts'

type ControlHandlers = Handlers<OperationsOf<typeof control>, 'holder'>

export type ControlServiceOptions = Readonly<{ token: string; onFinding?: (finding: Finding) => void }>

/** The control API over a running stack, for whoever holds the token. */
export function controlService(controlled: Controlled, { token, onFinding }: ControlServiceOptions): Service {
  const handlers: ControlHandlers = {
    ...lookHandlers(controlled),
    ...actHandlers(controlled),
    ...faultHandlers(controlled),
  }
  return serve(control, handlers, {
    authenticate: ({ value }) => (isSame(value, token) ? 'holder' : undefined),
    ...(onFinding && { onFinding }),
  })
}

/** In a time that says nothing of where two texts differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

type Looking = 'getStack' | 'listExchanges' | 'getExchange' | 'live' | 'getCoverage'

function lookHandlers(controlled: Controlled): Pick<ControlHandlers, Looking> {
  const { journal, feed } = controlled
  return {
    getStack: () => reply(200, controlled.view()),
    listExchanges({ query: { limit, after = 0, ...filter } }) {
      const wanted = Object.entries(filter) as ['consumer' | 'provider' | 'operation', string][]
      const exchanges = journal
        .entries()
        .map(({ summary }) => summary)
        .filter((summary) => summary.id > after && wanted.every(([name, value]) => summary[name] === value))
      return reply(200, { exchanges: exchanges.slice(-limit), dropped: journal.dropped() })
    },
    getExchange({ params: { id } }) {
      const found = journal.find(id)
      if (!found)
        throw new Refusal(404, 'unknown_exchange', {
          message: `Exchange ${id} is not kept (any more). List those that are.`,
        })
      const contract = controlled.system().components[found.edge.provider]?.contract
      return reply(200, showExchange(found.summary, found.exchange, contract))
    },
    getCoverage: () => reply(200, { edges: controlled.coverage().map((edge) => ({ ...edge })) }),
    async *live({ signal, lastEventId }) {
      const news = feed.watch(signal)
      const missed =
        lastEventId === undefined ? [] : journal.entries().filter(({ summary }) => summary.id > Number(lastEventId))
      for (const { summary } of missed) yield event('exchange', summary, String(summary.id))
      const last = missed.at(-1)?.summary.id ?? 0
      for await (const one of news) if (!isOld(one, last)) yield one
    },
  }
}

/** Came between the start of watching and the reading of what was missed. */
function isOld(news: News, last: number): boolean {
  return news.event === 'exchange' && news.data.id <= last
}

function actHandlers(
  controlled: Controlled,
): Pick<ControlHandlers, 'clearExchanges' | 'setState' | 'setComponent' | 'reset'> {
  return {
    clearExchanges() {
      controlled.clearExchanges()
      return reply(204)
    },
    async setState({ params: { component, state }, query: { session }, body }) {
      checkState(controlled, { component, state, params: body })
      const provided = await possible(() => controlled.setState(component, state, body, { session }))
      return reply(200, { provided: { ...provided } })
    },
    async setComponent({ params: { component }, body }) {
      componentOf(controlled, component)
      await possible(() => controlled.swap(component, body))
      return reply(204)
    },
    async reset() {
      await possible(() => controlled.reset())
      return reply(204)
    },
  }
}

function faultHandlers(controlled: Controlled): Pick<ControlHandlers, 'getFaults' | 'setFaults' | 'clearFaults'> {
  function faultsOn(params: Readonly<{ consumer: string; provider: string }>) {
    const { consumer, provider } = edgeOf(controlled, params)
    const armed = controlled.stack.faults(consumer, provider)
    return { faults: armed.map(({ fault, operation }) => ({ fault, ...(operation !== undefined && { operation }) })) }
  }
  return {
    getFaults: ({ params }) => reply(200, faultsOn(params)),
    async setFaults({ params, body: { faults } }) {
      const edge = edgeOf(controlled, params)
      checkFaults(controlled, edge, faults)
      await possible(() => controlled.setFaults(edge, faults))
      return reply(200, faultsOn(params))
    },
    async clearFaults({ params }) {
      const edge = edgeOf(controlled, params)
      await possible(() => controlled.setFaults(edge, []))
      return reply(204)
    },
  }
}
