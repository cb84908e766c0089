import type { Failure } from './failure.ts'
import { isSaidByFields, mistakeIn } from './field-mistakes.ts'

const failure: Failure = {
  kind: 'invalid',
  code: 'validation_error',
  message: 'Not valid: body.title, body.model.',
  requestId: 'request-1',
  fields: [
    { field: 'body.title', message: 'Too short.' },
    { field: 'body.model', message: 'Unknown.' },
  ],
}

test('a field shows its own mistake, in words for people where there are any', () => {
  expect(mistakeIn(failure, 'model')).toBe('Unknown.')
  expect(mistakeIn(failure, 'title')).toBe('Write a title of 1 to 200 characters.')
  expect(mistakeIn(failure, 'email')).toBeUndefined()
  expect(mistakeIn(undefined, 'title')).toBeUndefined()
})

test('mistakes of fields that a form does not have need a notice', () => {
  expect(isSaidByFields(failure, ['title', 'model'])).toBe(true)
  expect(isSaidByFields(failure, ['title'])).toBe(false)
  expect(isSaidByFields({ ...failure, fields: [] }, ['title'])).toBe(false)
})
