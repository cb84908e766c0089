import { fingerprintOf } from './fingerprint.ts'

test('contents that say the same have the same fingerprint, whatever the order of their keys', () => {
  expect(fingerprintOf({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(fingerprintOf({ b: { d: 'x', c: [1, 2] }, a: 1 }))
})

test('contents that differ have another one', () => {
  const all = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: [1, 2] }, { a: [2, 1] }, { b: 1 }, {}].map(fingerprintOf)
  expect(new Set(all).size).toBe(all.length)
})

test('what is left out and what is not given is the same', () => {
  expect(fingerprintOf({ a: 1, message: undefined })).toBe(fingerprintOf({ a: 1 }))
})
