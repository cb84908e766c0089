import { makeBackOff } from './back-off.ts'

function between(value: number, most: number): void {
  expect(value).toBeLessThanOrEqual(most)
  expect(value).toBeGreaterThanOrEqual(most / 2)
}

test('pauses double up to the cap, and begin anew after a success', () => {
  const backOff = makeBackOff(1_000)
  for (const most of [200, 400, 800, 1_000, 1_000]) between(backOff.next(), most)
  backOff.reset()
  between(backOff.next(), 200)
})

test('a cap below the first pause is the pause', () => {
  const backOff = makeBackOff(50)
  for (const most of [50, 50]) between(backOff.next(), most)
})
