import { edge, finding } from '#harness/gate/testing/evidence.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Places } from '../places/places.ts'
import { placeFinding } from './place-finding.ts'

const places: Places = {
  interaction: (consumer, description) => ({ file: `consumers/shop/${consumer}/${description}`, line: 1 }),
  operation: (provider, operation) => ({ file: `contracts/shop/${provider}/${operation}`, line: 2 }),
  handler: (on, provider, operation) =>
    operation === 'getBook' ? { file: `${on}/${provider}/${operation}`, line: 3 } : undefined,
}

function placesOf(changes: Partial<Finding>, failures: Parameters<typeof placeFinding>[1]['failures'] = []) {
  const known = { edges: [edge], places: new Map([['shop', places]]), failures }
  return placeFinding(finding('interaction-mismatch', changes), known).places.map(
    ({ of, file, line }) => `${of} ${file}:${line}`,
  )
}

test('a finding of an interaction is seen from both sides, by whatever name of the edge', () => {
  for (const name of ['page -> catalogue', 'shop-page -> library'])
    expect(placesOf({ edge: name, interaction: 'reads a book', target: 'live' })).toEqual([
      'consumer consumers/shop/page/reads a book:1',
      'provider live/catalogue/getBook:3',
    ])
})

test('what no target was asked for is seen from the consumer alone', () => {
  expect(
    placesOf({
      code: 'fault-not-survived',
      edge: 'page -> catalogue',
      interaction: 'reads a book',
      operation: 'getBook',
    }),
  ).toEqual(['consumer consumers/shop/page/reads a book:1'])
})

test('on a mock it is seen from the mock, and where nothing handles the operation from the contract', () => {
  expect(placesOf({ edge: 'page -> catalogue', operation: 'getBook', target: 'mock' })).toEqual([
    'mock mock/catalogue/getBook:3',
  ])
  expect(placesOf({ edge: 'page -> catalogue', operation: 'dropBook' })).toEqual([
    'contract contracts/shop/catalogue/dropBook:2',
  ])
})

test('a failed test is seen from the line that failed, any other file from its first', () => {
  const file = 'scenarios/shop/sell.scenario.test.ts'
  const failures = [{ file, titles: [], message: `Error\n    at x (/somewhere/${file}:12:3)`, findings: [] }]
  expect(placesOf({ code: 'test-failed', path: file }, failures)).toEqual([`file ${file}:12`])
  expect(placesOf({ code: 'layout', edge: 'shop', path: 'mocks/shop/a.mock.ts' })).toEqual([
    'file mocks/shop/a.mock.ts:1',
  ])
  expect(placesOf({ path: '$.reply.body.title' })).toEqual([])
})
