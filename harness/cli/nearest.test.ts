import { didYouMean, nearest } from './nearest.ts'

test('finds the name that was meant', () => {
  expect(nearest('recrod', ['record', 'replay', 'gate'])).toBe('record')
  expect(nearest('verbos', ['json', 'verbose'])).toBe('verbose')
  expect(nearest('Gate', ['record', 'gate'])).toBe('gate')
})

test('says nothing where no name is like it', () => {
  expect(nearest('publish', ['record', 'gate', 'up'])).toBeUndefined()
  expect(didYouMean('publish', ['record', 'gate', 'up'])).toBe('')
  expect(didYouMean('gat', ['gate'])).toBe(' Did you mean "gate"?')
})
