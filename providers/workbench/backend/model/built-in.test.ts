import { builtInModel, wordsOf } from './built-in.ts'
import type { Chat } from './language-model.ts'
import type { Script } from './scripts.ts'

const chat: Chat = {
  model: 'any',
  messages: [
    { role: 'user', content: 'First' },
    { role: 'assistant', content: 'Yes' },
    { role: 'user', content: 'Hello there' },
  ],
}

function model(...scripts: Script[]) {
  return builtInModel({ next: () => Promise.resolve(scripts.shift()) })
}

const never = new AbortController().signal

test('it says back the last message word by word', async () => {
  expect(await Array.fromAsync(model().answer(chat, never))).toEqual(['You ', 'said: ', 'Hello ', 'there'])
})

test('a script tells it what to say, once', async () => {
  const told = model({ text: 'Certainly.' })
  expect(await Array.fromAsync(told.answer(chat, never))).toEqual(['Certainly.'])
  expect(await Array.fromAsync(told.answer(chat, never))).toHaveLength(4)
})

test('a script makes it fail after some words', async () => {
  const tokens: string[] = []
  const reading = (async () => {
    for await (const token of model({ failAfter: 3 }).answer(chat, never)) tokens.push(token)
  })()
  await expect(reading).rejects.toMatchObject({ name: 'ModelError' })
  expect(tokens).toHaveLength(3)
})

test('it stops when the asker goes away', async () => {
  const gone = new AbortController()
  const reading = (async () => {
    for await (const _token of model().answer(chat, gone.signal)) gone.abort()
  })()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
})

test.each(['', ' ', 'one', ' two  words ', 'lines\nof\n\n  text\n'])(
  'the words of %j put together are it again',
  (text) => {
    expect(wordsOf(text).join('')).toBe(text)
  },
)
