import { makeRepeats } from './repeats.ts'

test('what happens now and then is said each time', () => {
  let clock = 0
  const repeats = makeRepeats(() => clock)
  const said = Array.from({ length: 20 }, () => {
    clock += 1000
    return repeats('a')
  })
  expect(said).toEqual(Array.from({ length: 20 }, () => 0))
})

test('what goes on and on is said in the beginning, and then twice a minute with how often it happened', () => {
  let clock = 0
  const repeats = makeRepeats(() => clock)
  const said: (number | undefined)[] = []
  for (; clock < 61_000; clock += 100) said.push(repeats('poll'))
  expect(said.filter((one) => one !== undefined)).toEqual([...Array.from({ length: 10 }, () => 0), 299, 299])
  expect(repeats('another')).toBe(0)
})
