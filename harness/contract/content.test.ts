import { z } from 'zod'
import { bytes, contentOf, headersOf, isMediaType, none, text, withHeaders } from './content.ts'

test('a bare schema is JSON, and headers come beside any body', () => {
  const Note = z.object({ text: z.string() })
  const location = { location: z.string() }
  expect(contentOf(Note)).toEqual({ kind: 'json', schema: Note })
  expect(contentOf(withHeaders(Note, location))).toEqual({ kind: 'json', schema: Note })
  expect(headersOf(withHeaders(none, location))).toBe(location)
  expect(headersOf(Note)).toEqual({})
  expect([contentOf(undefined), contentOf(none)].map(({ kind }) => kind)).toEqual(['none', 'none'])
  expect(contentOf(text('text/plain')).kind).toBe('text')
  expect(contentOf(bytes({ mediaTypes: ['image/*'], maxBytes: 1 })).kind).toBe('bytes')
})

test.each([
  ['application/json; charset=utf-8', 'application/json', true],
  ['APPLICATION/JSON', 'application/json', true],
  ['application/json5', 'application/json', false],
  ['image/png', 'image/*', true],
  ['text/html', 'image/*', false],
  ['image/png', '*/*', true],
  [null, '*/*', false],
  [null, 'application/json', false],
])('%s is taken for %s: %s', (given, wanted, is) => {
  expect(isMediaType(given, wanted)).toBe(is)
})
