import type { LiveChannel, LiveEvent } from '../../live-channel.ts'
import { makeLiveHub } from './live-hub.ts'

function text(conversation: string, words: string): LiveEvent {
  return { kind: 'text', conversation, text: words }
}

/** A channel that carries these events, and notes what it is asked. */
function channelOf(asked: string[], events: readonly LiveEvent[], failure?: Error): LiveChannel {
  const close = (): Promise<void> => Promise.resolve()
  return {
    subscribe: (conversation) => void asked.push(`+${conversation}`),
    unsubscribe: (conversation) => void asked.push(`-${conversation}`),
    close,
    [Symbol.asyncDispose]: close,
    async *[Symbol.asyncIterator]() {
      yield* events
      if (failure) throw failure
    },
  }
}

test('whoever looks at a conversation is told of it alone', async () => {
  const hub = makeLiveHub()
  const [told, others]: [LiveEvent[], LiveEvent[]] = [[], []]
  hub.watch('a', (event) => told.push(event))
  hub.watch('b', (event) => others.push(event))
  await hub.read(channelOf([], [text('a', 'Hello'), text('c', 'nobody hears')]))
  expect({ told, others }).toEqual({ told: [text('a', 'Hello')], others: [] })
})

test('a channel that comes after one that broke is told what is looked at', async () => {
  const hub = makeLiveHub()
  const stop = hub.watch('a', () => undefined)
  await expect(hub.read(channelOf([], [], new Error('gone')))).rejects.toThrow('gone')
  const asked: string[] = []
  const reading = hub.read(channelOf(asked, []))
  hub.watch('b', () => undefined)
  stop()
  await reading
  expect(asked).toEqual(['+a', '+b', '-a'])
})

test('two who look at the same conversation are one for the backend', async () => {
  const hub = makeLiveHub()
  const asked: string[] = []
  const stops = [hub.watch('a', () => undefined), hub.watch('a', () => undefined)]
  const reading = hub.read(channelOf(asked, []))
  for (const stop of stops) stop()
  await reading
  expect(asked).toEqual(['+a', '-a'])
})

test('looking away is no failure where the channel is closed already', async () => {
  const hub = makeLiveHub()
  const closed: LiveChannel = {
    ...channelOf([], []),
    unsubscribe() {
      throw new Error('the channel is closed')
    },
  }
  const stop = hub.watch('a', () => undefined)
  const reading = hub.read(closed)
  expect(stop).not.toThrow()
  await reading
})

test('whoever begins to look later is told who is there', async () => {
  const hub = makeLiveHub()
  const presence: LiveEvent = { kind: 'presence', conversation: 'a', viewers: 2 }
  const later: LiveEvent[] = []
  hub.watch('a', (event) => {
    if (event.kind === 'text') hub.watch('a', (told) => later.push(told))
  })
  await hub.read(channelOf([], [presence, text('a', 'Hello')]))
  expect(later).toContainEqual(presence)
})
