import { makeCrew } from './crew.ts'

test('a crew knows how much still goes on, and when all has ended', async () => {
  const crew = makeCrew()
  const work = Promise.withResolvers<void>()
  crew.add(work.promise)
  expect(crew.size()).toBe(1)
  work.resolve()
  await crew.ended()
  expect(crew.size()).toBe(0)
  crew.check()
})

test('what some of the work throws is thrown to whoever asks', async () => {
  let told = 0
  const crew = makeCrew(() => void (told += 1))
  crew.add(Promise.reject(new Error('broken')))
  await expect(crew.ended()).rejects.toThrow('broken')
  expect(() => crew.check()).toThrow('broken')
  expect(told).toBe(1)
})
