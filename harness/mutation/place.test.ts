import { changeAt, each, placeText, removed, renamed, turned } from './place.ts'

test('a change is made at every item of a list, and counted', () => {
  const holder = { value: { data: [{ id: 1 }, { id: 2 }, { name: 'x' }] } }
  expect(changeAt(holder, ['data', each, 'id'], turned(String))).toBe(2)
  expect(holder.value).toEqual({ data: [{ id: '1' }, { id: '2' }, { name: 'x' }] })
})

test('items of a list themselves, and the whole value, can be changed', () => {
  const holder: { value: unknown } = { value: ['a', 'b'] }
  changeAt(
    holder,
    [each],
    turned(() => null),
  )
  expect(holder.value).toEqual([null, null])
  changeAt(
    holder,
    [],
    turned(() => 'gone'),
  )
  expect(holder.value).toBe('gone')
})

test('what is not there is left alone', () => {
  const holder = { value: { data: null, list: {} } }
  expect(changeAt(holder, ['data', 'id'], removed)).toBe(0)
  expect(changeAt(holder, ['list', each, 'id'], removed)).toBe(0)
  expect(changeAt(holder, ['other'], renamed('else'))).toBe(0)
  expect(holder.value).toEqual({ data: null, list: {} })
})

test('a place is written as findings have it', () => {
  expect(placeText(['data', each, 'content-type'])).toBe(".data[]['content-type']")
})
