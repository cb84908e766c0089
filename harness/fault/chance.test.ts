import { chance } from './chance.ts'

const draws = (seed: number): number[] => Array.from({ length: 1000 }, (_, index) => chance(seed, index))

test('the same seed gives the same numbers, another one others', () => {
  expect(draws(7)).toEqual(draws(7))
  expect(draws(7)).not.toEqual(draws(8))
})

test.each([0, 1, 2, 0xffff_ffff])('the numbers of seed %d are from 0 up to 1, and all over', (seed) => {
  const numbers = draws(seed)
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  const tenths = new Set(numbers.map((number) => Math.floor(number * 10)))
  expect(tenths.size).toBe(10)
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  expect(mean).toBeCloseTo(0.5, 1)
})
