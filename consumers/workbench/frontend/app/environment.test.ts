import { addressesOf } from './environment.ts'

const origin = 'https://workbench.test'

test('the page calls where it was told to', () => {
  const told = { VITE_API_URL: 'http://localhost:4600', VITE_WS_URL: 'ws://localhost:4601' }
  expect(addressesOf(told, origin)).toEqual({ baseUrl: 'http://localhost:4600', wsUrl: 'ws://localhost:4601' })
})

test('told nothing, it calls the well-known port', () => {
  expect(addressesOf({}, origin)).toEqual({ baseUrl: 'http://localhost:4512' })
})

test('an empty address is its own origin, for all', () => {
  expect(addressesOf({ VITE_API_URL: '', VITE_WS_URL: '' }, origin)).toEqual({ baseUrl: origin })
})
