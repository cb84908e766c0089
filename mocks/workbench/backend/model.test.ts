import fc from 'fast-check'
import { wordsOf } from './model.ts'

test('the words of a text are the text again when they are put together, and each has one word', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const words = wordsOf(text)
      expect(words.join('')).toBe(text)
      for (const word of words) expect(word.trim().split(/\s+/)).toHaveLength(1)
    }),
  )
})
