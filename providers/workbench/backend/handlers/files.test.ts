import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'

const owner = 'ann@example.com'

let app: ExampleApplication
let token: string
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.reset()
  ;({ token } = await app.given.signedIn({ email: owner }))
})

function upload(name: string, content: Buffer | string, type = 'text/plain') {
  const path = `/api/files?name=${encodeURIComponent(name)}`
  return app.http.post(path).auth(token, { type: 'bearer' }).type(type).send(content)
}

function download(id: string) {
  return app.http.get(`/api/files/${id}`).auth(token, { type: 'bearer' }).buffer(true)
}

test('a file lies under the mount by its day and id, and comes back as it was', async () => {
  const stored = await upload('notes.txt', 'some notes', 'text/plain; charset=utf-8')
  expect(stored.status).toBe(201)
  expect(stored.body).toMatchObject({ name: 'notes.txt', media_type: 'text/plain; charset=utf-8', size: 10 })
  const { id, path, created_at } = stored.body
  expect(path).toBe(`${created_at.slice(0, 10).replaceAll('-', '/')}/${id}`)
  expect(await readFile(join(app.environment.NFS_MOUNT!, path), 'utf8')).toBe('some notes')

  const back = await download(id)
  expect(back.text).toBe('some notes')
  expect(back.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`,
    'x-content-type-options': 'nosniff',
  })
})

test('bytes come back as they were, also none at all', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  const { body } = await upload('all.png', bytes, 'image/png')
  expect((await download(body.id)).body).toEqual(bytes)
  const empty = await upload('empty', '', 'application/octet-stream')
  expect(empty.body.size).toBe(0)
  expect((await download(empty.body.id)).headers['content-length']).toBe('0')
})

test('any name can be stored, and none gets into the path or breaks the header', async () => {
  const name = '../"Pläne"\r\nx: y 日本.txt'
  const { body } = await upload(name, 'x')
  expect(body.name).toBe(name)
  expect(body.path.endsWith(body.id)).toBe(true)
  const { headers } = await download(body.id)
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="\.\.\/_Pl_ne___x: y __\.txt"; filename\*=UTF-8''\.\.%2F%22Pl/,
  )
})

test('nothing unfinished is left beside a stored file', async () => {
  const { body } = await upload('notes.txt', 'some notes')
  const day = join(app.environment.NFS_MOUNT!, body.path, '..')
  expect(await readdir(day)).toEqual([body.id])
})

test('five mebibytes are taken, a byte more is not', async () => {
  const limit = 5 * 1024 * 1024
  const largest = await upload('largest', Buffer.alloc(limit), 'application/octet-stream')
  expect(largest.body.size).toBe(limit)
  const tooLarge = await upload('too large', Buffer.alloc(limit + 1), 'application/octet-stream')
  expect([tooLarge.status, tooLarge.body.error.code]).toEqual([413, 'body_too_large'])
})

test('other kinds of content are refused, and a file needs a name', async () => {
  expect((await upload('film.mp4', 'x', 'video/mp4')).status).toBe(415)
  expect((await upload('', 'x')).status).toBe(422)
  expect((await upload('x'.repeat(256), 'x')).status).toBe(422)
})

test("somebody else's file looks like none at all", async () => {
  const id = '8a1d3c9e-6f0b-4f6e-9a53-0d3a5b7c1e22'
  await app.given.fileStored({
    owner: 'bob@example.com',
    id,
    name: 'secret.txt',
    mediaType: 'text/plain',
    content: 'x',
  })
  const foreign = await download(id)
  const missing = await download('00000000-0000-4000-8000-000000000000')
  expect([foreign.status, missing.status]).toEqual([404, 404])
  expect(foreign.body.error.message).toBe(missing.body.error.message)
})

test('where the mount is missing nothing is written beneath it, and it works again when it is back', async () => {
  const mount = app.environment.NFS_MOUNT!
  await rename(mount, `${mount}-away`)
  try {
    expect((await upload('notes.txt', 'x')).status).toBe(500)
    expect((await app.http.get('/health')).body).toMatchObject({ storage: 'unhealthy', database: 'healthy' })
    await expect(readdir(mount)).rejects.toThrow('ENOENT')
  } finally {
    await rename(`${mount}-away`, mount)
  }
  expect((await upload('notes.txt', 'x')).status).toBe(201)
})

test('storage operations are counted by their result', async () => {
  const { body } = await upload('notes.txt', 'x')
  await download(body.id)
  const { text } = await app.http.get('/metrics')
  expect(text).toMatch(/storage_operations\{operation="save",result="ok"\} [1-9]/)
  expect(text).toMatch(/storage_operations\{operation="read",result="ok"\} [1-9]/)
})
