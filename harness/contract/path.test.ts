import { fillPath, pathParameters, queryString } from './path.ts'

test('values are put into a path percent-encoded', () => {
  expect(pathParameters('/users/{id}/files/{name}')).toEqual(['id', 'name'])
  expect(fillPath('/users/{id}/files/{name}', { id: 7, name: 'a b/c' })).toBe('/users/7/files/a%20b%2Fc')
})

test('a parameter without a value is refused: the path would be another one', () => {
  expect(() => fillPath('/users/{id}', {})).toThrow(
    'path /users/{id}: parameter "id" has no value. Give it in "params".',
  )
  expect(() => fillPath('/users/{id}', { id: '' })).toThrow('has no value')
})

test('a query leaves out what is absent and repeats lists', () => {
  expect(queryString({ page: 2, tag: ['a', 'b'], none: undefined })).toBe('?page=2&tag=a&tag=b')
  expect(queryString({})).toBe('')
})
