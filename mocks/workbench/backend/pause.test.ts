import { pause } from './pause.ts'

test('a pause is over at once when its signal is aborted, before or meanwhile', async () => {
  const controller = new AbortController()
  const meanwhile = pause(60_000, controller.signal)
  controller.abort()
  await meanwhile
  await pause(60_000, controller.signal)
})
