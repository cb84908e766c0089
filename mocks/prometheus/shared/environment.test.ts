import { positiveOf, textOf, tokenKeysOf } from './environment.ts'

test('numbers are decimal, and have a default where they are missing or empty', () => {
  expect(positiveOf({ LEASE_SECONDS: '0.25' }, 'LEASE_SECONDS', 60)).toBe(0.25)
  expect(positiveOf({}, 'LEASE_SECONDS', 60)).toBe(60)
  expect(positiveOf({ LEASE_SECONDS: '' }, 'LEASE_SECONDS', 60)).toBe(60)
})

test.each(['0', '-1', 'soon', 'Infinity'])('%s is no such number', (LEASE_SECONDS) => {
  expect(() => positiveOf({ LEASE_SECONDS }, 'LEASE_SECONDS', 60)).toThrow('LEASE_SECONDS is no number above zero')
})

test('what is empty is missing', () => {
  expect(textOf({ NODE_KEYS: '' }, 'NODE_KEYS')).toBeUndefined()
})

test('keys are those of development where the environment has none', () => {
  expect(tokenKeysOf({}).map(({ id }) => id)).toEqual(['development'])
  const JWT_KEYS = `new=${'x'.repeat(32)},old=${'y'.repeat(32)}`
  expect(tokenKeysOf({ JWT_KEYS }).map(({ id }) => id)).toEqual(['new', 'old'])
})
