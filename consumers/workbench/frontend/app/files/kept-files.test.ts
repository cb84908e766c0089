import { keptFiles } from './kept-files.ts'

const file = { id: 'f1', name: 'plan.txt', mediaType: 'text/plain', size: 12 }

function storage(entries: Record<string, string> = {}) {
  const values = new Map(Object.entries(entries))
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
  }
}

test('what one account stored is remembered for that account alone', () => {
  const browser = storage() as unknown as Storage
  keptFiles('ann', browser).write([file])
  expect(keptFiles('ann', browser).read()).toEqual([file])
  expect(keptFiles('bob', browser).read()).toEqual([])
})

test.each(['no JSON', '{"id":"f1"}', '[{"id":7}]'])('what somebody else left there is nothing: %s', (text) => {
  const browser = storage({ 'workbench.files.ann': text }) as unknown as Storage
  expect(keptFiles('ann', browser).read()).toEqual([])
})
