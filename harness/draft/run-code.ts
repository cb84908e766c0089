import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { AnyInteraction } from '#harness/pact/record/interaction.ts'
import { call, object, render, textCode, valueCode, type Code } from './code.ts'
import type { DraftInteraction } from './draft-interaction.ts'
import { clientName } from './client-name.ts'

/** The lines of a draft's run: the contract's own client calls, and what came is asserted. They stand at an indent of four. */
export function runLines(draft: DraftInteraction, input: Code | undefined): readonly string[] {
  const { interaction } = draft
  const called = call(`${clientName(draft.given.carrier)}(api).${draft.name}`, ...(input ? [input] : []))
  if (interaction.conversation) return conversationLines(interaction.conversation, called)
  if (interaction.refused !== undefined)
    return [
      ...statement('const opening = ', called),
      "await expect(opening).rejects.toMatchObject({ name: 'ConnectionError' })",
    ]
  if (interaction.events) return eventLines(draft, interaction.events, called)
  return replyLines(draft, called)
}

const indent = '    '

/** One statement; its lines but the first stand at their place already, so the indent is taken off again. */
function statement(before: string, code: Code, after = ''): readonly string[] {
  return `${before}${render(code, indent, { before, after })}${after}`
    .split('\n')
    .map((line, index) => (index === 0 ? line : line.slice(indent.length)))
}

function replyLines({ interaction, operation }: DraftInteraction, called: Code): readonly string[] {
  const { status = 0, body } = interaction.reply ?? {}
  const expected = object({ status: valueCode(status), ...(body !== undefined && { body: valueCode(body) }) })
  if (operation.kind === 'sse')
    return [
      ...statement('const stream = ', called),
      ...statement('await ', call('expect(Array.fromAsync(stream)).rejects.toMatchObject', expected)),
    ]
  if (status < 400)
    return [
      ...statement('const reply = await ', called),
      ...statement('', call('expect(reply).toMatchObject', expected)),
    ]
  return [
    ...statement('const answer = ', called),
    ...statement('await ', call('expect(answer).rejects.toMatchObject', expected)),
  ]
}

type Events = NonNullable<AnyInteraction['events']>

/** A stream that goes on is left after the events that were seen. */
function eventLines({ operation }: DraftInteraction, events: Events, called: Code): readonly string[] {
  const names = valueCode(events.map(({ event }) => event))
  const isOver = operation.kind === 'sse' && endsWith(operation.spec.order, events)
  return [
    ...statement('const stream = ', called),
    ...(isOver
      ? ['const events = (await Array.fromAsync(stream)).map(({ event }) => event)']
      : [
          'const events: string[] = []',
          'for await (const { event } of stream) {',
          '  events.push(event)',
          `  if (events.length === ${events.length}) break`,
          '}',
        ]),
    ...statement('', call('expect(events).toEqual', names)),
  ]
}

function endsWith(order: string, events: Events): boolean {
  const end = events.reduce<OrderState | undefined>((state, { event }) => state?.next(event), parseOrder(order).start)
  return end?.complete === true && end.final
}

type Conversation = NonNullable<AnyInteraction['conversation']>

function conversationLines(conversation: Conversation, called: Code): readonly string[] {
  const receives = conversation.some((step) => 'receive' in step)
  return [
    ...statement('await using channel = await ', called),
    ...(receives ? ['const messages = channel[Symbol.asyncIterator]()'] : []),
    ...conversation.flatMap((step) =>
      'send' in step
        ? statement('', call('channel.send', object({ type: valueCode(step.send), data: valueCode(step.data) })))
        : [`expect(await messages.next()).toMatchObject({ value: { type: ${textCode(step.receive)} } })`],
    ),
  ]
}
