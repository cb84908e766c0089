import { anExchange } from '../../testing/examples.ts'
import { matchWords } from './match-words.ts'

test('an exchange that a pact has is told by its interaction', () => {
  expect(matchWords(anExchange())).toEqual({
    title: 'In the pact of shop: “reads an item”.',
    nearest: undefined,
    differences: [],
  })
})

test('an exchange in no pact is compared with the nearest interaction', () => {
  const nearest = { consumer: 'shop', interaction: 'reads an item', differences: ['$.reply.status: 410, not 200'] }
  expect(matchWords(anExchange({ match: { kind: 'unrecorded', nearest } }))).toEqual({
    title: 'In the contract of stock, and in no pact.',
    nearest: 'Nearest is “reads an item” of shop; it differs in:',
    differences: ['$.reply.status: 410, not 200'],
  })
})

test('an exchange outside the contract is compared with the nearest operation', () => {
  const nearest = { operation: 'getItem', signature: 'GET /items/{id}', differences: ['$.path: itemz, not items'] }
  const match = { kind: 'undeclared', nearest } as const
  expect(matchWords(anExchange({ operation: undefined, match }))).toEqual({
    title: 'No operation of stock matches.',
    nearest: 'Nearest is getItem (GET /items/{id}); it differs in:',
    differences: ['$.path: itemz, not items'],
  })
  expect(matchWords(anExchange({ match })).title).toBe('The contract of stock has no such reply of getItem.')
})
