import { z } from 'zod'
import { errorShape } from '#harness/contract/error-shape.ts'
import { problem } from '#harness/contract/problem.ts'
import { errorPlaces } from './error-places.ts'

test('code and message are found wherever the error shape puts them', () => {
  expect(errorPlaces(problem)).toEqual({ code: ['error', 'code'], message: ['error', 'message'] })
})

test('a body that has none of them has no place for them', () => {
  const plain = errorShape(z.string(), { body: ({ message }) => message, read: (message) => ({ code: '', message }) })
  expect(errorPlaces(plain)).toEqual({ code: undefined, message: [] })
})
