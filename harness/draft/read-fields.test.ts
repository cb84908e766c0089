import { fieldsLike } from './read-fields.ts'

test('fields that some example has stay, at any depth', () => {
  const value = { a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 2 }] }
  expect(fieldsLike(value, [{ b: { c: 0 } }, { list: [{ x: 0 }, { z: 0 }] }])).toEqual({
    b: { c: 2 },
    list: [{ x: 1 }],
  })
})

test('where the examples say nothing of what is below, all of it stays', () => {
  expect(fieldsLike({ list: [{ x: 1 }], at: { y: 2 } }, [{ list: [], at: null }])).toEqual({
    list: [{ x: 1 }],
    at: { y: 2 },
  })
})
