import { STATUS_CODES } from 'node:http'
import { statusWords } from './status-words.ts'

test('refusals are called what Node calls them', () => {
  for (const status of [
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 422, 423, 425, 428, 429, 431, 451, 500,
    501, 502, 503, 504,
  ])
    expect([status, statusWords(status).phrase]).toEqual([status, STATUS_CODES[status]])
})

test('as a code of an error they are one word', () => {
  expect(statusWords(429).code).toBe('too_many_requests')
  expect(statusWords(499)).toEqual({ phrase: 'Failure', code: 'failure' })
})
