import { library } from '#harness/serve/example-contract.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { ExchangeSummary } from '../types.ts'
import { showExchange } from './show-exchange.ts'

const summary: ExchangeSummary = {
  id: 1,
  at: '2026-01-02T03:04:05.678Z',
  consumer: 'reader',
  provider: 'library',
  method: 'POST',
  path: '/books',
  milliseconds: 1,
  outcome: 'answered',
  faults: [],
  match: { kind: 'undeclared' },
}

function shownBody(type: string, body: string) {
  const request = { id: 1, method: 'POST', path: '/books', headers: { 'content-type': type }, body: Buffer.from(body) }
  const exchange: Exchange = { id: 1, at: 0, request, durationMs: 1, outcome: 'answered' }
  return showExchange(summary, exchange, library).request.body
}

test.each([
  ['application/json', '{"password":"x","title":"Dune"}', { kind: 'json', value: { password: '***', title: 'Dune' } }],
  ['application/problem+json; charset=utf-8', '[1]', { kind: 'json', value: [1] }],
  ['application/json', '{"password":"x","ti', { kind: 'text', text: '{"password":"***","ti' }],
  ['application/json', '{"token":"half of', { kind: 'text', text: '{"token":"***"' }],
  ['application/x-www-form-urlencoded', 'password=x&title=Dune', { kind: 'text', text: 'password=***&title=Dune' }],
  ['text/plain; charset=utf-8', 'Dune', { kind: 'text', text: 'Dune' }],
  ['image/png', 'abc', { kind: 'bytes', size: 3 }],
  ['application/json', '', { kind: 'none' }],
])('a body of %s is shown as what it is: %s', (type, body, shown) => {
  expect(shownBody(type, body)).toEqual(shown)
})

test('messages of a channel are shown with who sent them', () => {
  const request = { id: 1, method: 'GET', path: '/desk', headers: { upgrade: 'websocket' }, body: Buffer.alloc(0) }
  const frames: Exchange['frames'] = [
    { direction: 'to-server', data: '{"type":"ask","data":{"title":"Dune","token":"x"}}' },
    { direction: 'to-client', data: 'no JSON' },
    { direction: 'to-client', data: Buffer.alloc(5) },
  ]
  const exchange: Exchange = { id: 1, at: 0, request, frames, durationMs: 1, outcome: 'streamed', cut: true }
  const shown = showExchange({ ...summary, operation: 'desk' }, exchange, library)
  expect(shown.cut).toBe(true)
  expect(shown.messages).toEqual([
    { from: 'consumer', data: { type: 'ask', data: { title: 'Dune', token: '***' } } },
    { from: 'provider', data: 'no JSON' },
    { from: 'provider', data: '5 bytes' },
  ])
})
