import { changeField, drop, rename, set, turn } from './json-place.ts'

const page = () => ({
  data: [
    { title: 'a', tags: ['x'] },
    { title: 'b', tags: [] },
  ],
  pagination: { total: 2 },
})

test('a field of every item is changed, and counted', () => {
  const changed = page()
  expect(
    changeField(
      changed,
      'data[].title',
      turn((title) => `${String(title)}!`),
    ),
  ).toBe(2)
  expect(changed.data.map((item) => item.title)).toEqual(['a!', 'b!'])
})

test('a field is dropped, renamed or set', () => {
  const changed = page()
  changeField(changed, 'pagination.total', rename('totalItems'))
  changeField(changed, 'data[].tags', drop)
  changeField(changed, 'data', set(null))
  expect(changed).toEqual({ data: null, pagination: { totalItems: 2 } })
})

test('what is not there is left alone, and counted as nothing', () => {
  const changed = page()
  expect(changeField(changed, 'error.code', drop)).toBe(0)
  expect(changeField('text', 'data[].title', drop)).toBe(0)
  expect(changed).toEqual(page())
})
