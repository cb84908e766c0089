import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { mock as standIn, type Mock } from '#harness/mock/mock.ts'
import type { AnyHandler } from '#harness/serve/service.ts'
import { conversation, eventsPerStream, hundredRoutes } from '../../contracts/hundred/routes.ts'

type Conversation = typeof conversation

/** How many conversations are kept: a bench creates more of them than anybody wants to store. */
const most = 1000

const reading = Object.keys(hundredRoutes.operations).filter((name) => name.startsWith('read'))

/** The stand-in of the contract: what is created can be read. */
export const mock: Mock = standIn(hundredRoutes, {
  memory: () => new Map<string, Conversation>(),
  handlers: (kept: Map<string, Conversation>) => {
    const read = ({ params }: { params: { id: string } }) => {
      const found = kept.get(params.id)
      if (!found) throw new Refusal(404, 'no_conversation', { message: 'There is no such conversation.' })
      return reply(200, found)
    }
    return {
      ...(Object.fromEntries(reading.map((name) => [name, read as unknown as AnyHandler])) as { read99: typeof read }),
      create({ body }) {
        const made = { ...conversation, ...body, id: crypto.randomUUID() }
        kept.set(made.id, made)
        if (kept.size > most) kept.delete(kept.keys().next().value ?? '')
        return reply(201, made)
      },
      async *tokens({ query: { gapMs } }) {
        for (let n = 1; n < eventsPerStream; n++) {
          if (gapMs > 0) await pause(gapMs)
          yield event('token', { text: `token ${n} ` })
        }
        yield event('done', { tokens: eventsPerStream - 1 })
      },
      async echo(channel) {
        for await (const { data } of channel) channel.send({ type: 'said', data })
      },
    }
  },
  states: (kept) => ({
    conversationExists(one) {
      kept.set(one.id, one)
      return undefined
    },
  }),
})
