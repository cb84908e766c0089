import { matchersAt, takes, type Matcher } from './pact-rules.ts'

test.each<[Matcher[], unknown, unknown, boolean]>([
  [[], 'a', 'a', true],
  [[], 'a', 'b', false],
  [[], { a: 1 }, {}, true],
  [[], { a: 1 }, null, false],
  [[{ match: 'equality' }], 1, 2, false],
  [[{ match: 'type' }], 'a', 'b', true],
  [[{ match: 'type' }], 'a', null, false],
  [[{ match: 'type', min: 1 }], ['a'], [], false],
  [[{ match: 'integer' }], 1, 1.5, false],
  [[{ match: 'number' }], 1, 1.5, true],
  [[{ match: 'boolean' }], true, 'true', false],
  [[{ match: 'regex', regex: '^\\w+$' }], 'a', null, true],
  [[{ match: 'regex', regex: '^\\w+$' }], 'a', {}, false],
  [[{ match: 'regex', regex: '^\\w+$' }, { match: 'type' }], 'a', null, false],
  [[{ match: 'semver' }], '1.2.3', '1.2.4', false],
])('%j for %j takes %j: %p', (matchers, example, value, isTaken) => {
  expect(takes(matchers, example, value)).toBe(isTaken)
})

test('matchers of the very item count before those of every item', () => {
  const rules = { '$[*].id': { matchers: [{ match: 'type' }] }, '$[1].id': { matchers: [{ match: 'equality' }] } }
  expect(matchersAt(rules, ['$[1].id', '$[*].id'])).toEqual([{ match: 'equality' }])
  expect(matchersAt(rules, ['$[0].id', '$[*].id'])).toEqual([{ match: 'type' }])
  expect(matchersAt(rules, ['$.other'])).toEqual([])
})
