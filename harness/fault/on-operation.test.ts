import { library } from '#harness/serve/example-contract.ts'
import type { Hooks, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { onOperation } from './on-operation.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const request = (method: string, path: string, headers: Record<string, string> = {}): ProxiedRequest => ({
  id: 1,
  method,
  path,
  headers,
  body: Buffer.alloc(0),
})
const reply = { status: 418, headers: {}, body: Buffer.alloc(0) }
const answered: Hooks = { request: () => ({ reply }), upgrade: () => ({ reply }), delay: () => 5 }

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
  const { request: hook, delay } = onOperation(library, 'getBook', answered)
  expect(hook?.(sent)).toEqual(acts ? { reply } : sent)
  expect(delay?.(sent)).toBe(acts ? 5 : 0)
})

test('hooks on a channel act on its upgrade', () => {
  const { upgrade } = onOperation(library, 'desk', answered)
  expect(upgrade?.(request('GET', '/desk'))).toEqual({ reply })
  expect(upgrade?.(request('GET', '/books'))).toEqual(request('GET', '/books'))
})
