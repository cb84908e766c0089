import { library } from '#harness/serve/example-contract.ts'
import type { ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { answered } from './deviations.ts'
import { onOperation } from './on-operation.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const request = (method: string, path: string, headers: Record<string, string> = {}): ProxiedRequest => ({
  id: 1,
  method,
  path,
  headers,
  body: Buffer.alloc(0),
})

test.each([
  ['a request to the operation', request('GET', `/books/${id}?x=1`), true],
  ['a preflight of it', request('OPTIONS', `/books/${id}`, { 'access-control-request-method': 'GET' }), true],
  ['another method', request('DELETE', `/books/${id}`), false],
  [
    'a preflight of another method',
    request('OPTIONS', `/books/${id}`, { 'access-control-request-method': 'DELETE' }),
    false,
  ],
  ['another path', request('GET', '/books'), false],
])('hooks on one operation and %s', (_what, sent, acts) => {
  const { request: hook } = onOperation(library, 'getBook', answered(418, {}))
  expect(hook?.(sent)).toEqual(acts ? { reply: expect.objectContaining({ status: 418 }) } : sent)
})

test('hooks on a channel act on its upgrade', () => {
  const { upgrade } = onOperation(library, 'desk', answered(418, {}))
  expect(upgrade?.(request('GET', '/desk'))).toEqual({ reply: expect.objectContaining({ status: 418 }) })
})
