import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectFailure } from '#harness/stack/ports.ts'
import { serveFolder } from './serve-folder.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-folder-'))
  await mkdir(join(folder, 'public'))
  await writeFile(join(folder, 'public', 'index.html'), '<p>all pages</p>')
  await writeFile(join(folder, 'public', 'main.js'), 'void 0')
  await writeFile(join(folder, 'secret.js'), 'nobody may see this')
})
afterAll(() => rm(folder, { recursive: true }))

/** Sends a path as it is: `fetch` would resolve its dots. */
function statusOf(port: number, path: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  request({ port, path, host: '127.0.0.1' }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
    .on('error', reject)
    .end()
  return promise
}

test('files come with their media type, and every path without an ending is the page', async () => {
  await using served = await serveFolder(join(folder, 'public'))
  const url = `http://127.0.0.1:${served.port}`
  const script = await fetch(`${url}/main.js`)
  expect([script.headers.get('content-type'), await script.text()]).toEqual([
    'text/javascript; charset=utf-8',
    'void 0',
  ])
  for (const path of ['/', '/login', '/conversations/7?page=2'])
    expect(await (await fetch(url + path)).text()).toBe('<p>all pages</p>')
  expect((await fetch(`${url}/other.js`)).status).toBe(404)
})

test('what lies beside the folder cannot be had', async () => {
  await using served = await serveFolder(join(folder, 'public'))
  for (const path of ['/../secret.js', '/%2e%2e/secret.js', '/..%2fsecret.js', '/a/..%2f..%2fsecret.js', '/%E0.js'])
    expect(await statusOf(served.port, path)).toBe(404)
})

test('disposing frees the port', async () => {
  const served = await serveFolder(folder)
  await served[Symbol.asyncDispose]()
  expect(await connectFailure(served.port)).toContain('ECONNREFUSED')
})
