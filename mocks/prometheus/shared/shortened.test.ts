import { shortened } from './shortened.ts'

test.each([
  ['Pack', 4, 'Pack'],
  ['Pack all', 4, 'Pack'],
  ['Pack 🎒', 6, 'Pack '],
  ['Pack 🎒', 7, 'Pack 🎒'],
])('%s in %d units is %s', (text, longest, expected) => {
  expect(shortened(text, longest)).toBe(expected)
})
