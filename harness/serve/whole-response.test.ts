import { rawHeadersOf } from './raw-headers.ts'
import { jsonResponse, nativeResponse, wholeBodyOf, wholeResponse } from './whole-response.ts'

function text(): Response {
  return wholeResponse(201, 'grüezi', rawHeadersOf([['content-type', 'text/plain']]))
}

test('it is a Response to whoever asks, with the properties of one', () => {
  const real = new Response('grüezi', { status: 201, headers: { 'content-type': 'text/plain' } })
  for (const name of ['status', 'ok', 'type', 'url', 'redirected', 'statusText', 'bodyUsed'] as const)
    expect(text()[name]).toBe(real[name])
  expect(text()).toBeInstanceOf(Response)
  expect([...text().headers]).toEqual([...real.headers])
})

test('its body can be read in all ways, once', async () => {
  expect(await text().text()).toBe('grüezi')
  expect(new TextDecoder().decode(await text().arrayBuffer())).toBe('grüezi')
  expect(new TextDecoder().decode(await text().bytes())).toBe('grüezi')
  expect(await (await text().blob()).text()).toBe('grüezi')
  expect(await new Response(text().body).text()).toBe('grüezi')
  expect(await jsonResponse(200, { a: 1 }).json()).toEqual({ a: 1 })
  const read = text()
  await read.text()
  expect(read.bodyUsed).toBe(true)
  await expect(read.text()).rejects.toThrow('Body')
})

test('a copy is read for itself, with headers of its own', async () => {
  const first = text()
  const copy = first.clone()
  copy.headers.set('x-copy', 'yes')
  expect([await first.text(), await copy.text()]).toEqual(['grüezi', 'grüezi'])
  expect([first.headers.has('x-copy'), copy.headers.get('x-copy')]).toEqual([false, 'yes'])
})

test('a host gets its body as it is, until somebody begins to read it', () => {
  const response = text()
  expect(wholeBodyOf(response)).toBe('grüezi')
  void response.text()
  expect(wholeBodyOf(response)).toBeUndefined()
  expect(wholeBodyOf(new Response('x'))).toBeUndefined()
})

test('other responses can be made from it', async () => {
  const made = new Response('other', text())
  expect([made.status, made.headers.get('content-type'), await made.text()]).toEqual([201, 'text/plain', 'other'])
})

test('the runtime takes the native one, headers that were set later included', async () => {
  const response = text()
  expect(response.body).not.toBeNull()
  response.headers.set('x-late', '1')
  const native = nativeResponse(response)
  expect(native.headers.get('x-late')).toBe('1')
  expect(await native.text()).toBe('grüezi')
  expect(nativeResponse(native)).toBe(native)
})

test('a header that is set after the body was looked at is there too', () => {
  const response = jsonResponse(200, {})
  expect(response.body).not.toBeNull()
  response.headers.set('content-type', 'text/plain')
  expect(nativeResponse(response).headers.get('content-type')).toBe('text/plain')
  expect(response.headers.get('content-type')).toBe('text/plain')
})
