import { backend } from '#contracts/workbench/backend.ts'
import { ConnectionError } from '#harness/client/errors.ts'
import { exactly, matching } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { ann, bob, fileId, unknownId } from './testing/examples.ts'
import { refusalBy } from './testing/outcome.ts'
import { withCookie } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)
const signedIn = backend.states.signedIn({ email: ann })
const notFound = { error: { code: 'not_found', message: 'There is no such file.' } }

const shoppingList = new File(['Milk, eggs & süße Äpfel\n'], 'Einkäufe & mehr.txt', { type: 'text/plain' })
/** A picture of one transparent dot. */
const dot = new File(
  [
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
  ],
  'dot.png',
  { type: 'image/png' },
)

frontend.records(
  'stores a text under its name',
  {
    given: [signedIn],
    call: backend.uploadFile({ query: { name: 'Einkäufe & mehr.txt' }, body: shoppingList }),
    reply: {
      status: 201,
      body: {
        id: fileId,
        name: exactly('Einkäufe & mehr.txt'),
        media_type: exactly('text/plain'),
        size: exactly(shoppingList.size),
      },
    },
  },
  async (api) => {
    expect(await withCookie(api).uploadFile(shoppingList)).toEqual({
      id: fileId,
      name: 'Einkäufe & mehr.txt',
      mediaType: 'text/plain',
      size: shoppingList.size,
    })
  },
)

frontend.records(
  'stores a picture',
  {
    given: [signedIn],
    call: backend.uploadFile({ query: { name: 'dot.png' }, body: dot }),
    reply: {
      status: 201,
      body: { id: fileId, name: exactly('dot.png'), media_type: exactly('image/png'), size: exactly(dot.size) },
    },
    survives: [
      {
        fault: fault.reset(),
        outcome: (api) => expect(withCookie(api).uploadFile(dot)).rejects.toThrow(ConnectionError),
      },
    ],
  },
  async (api) => {
    const stored = await withCookie(api).uploadFile(dot)
    expect(stored).toMatchObject({ mediaType: 'image/png', size: dot.size })
  },
)

/** An archive of nothing: the end of its directory. */
const archive = new File(['PK\x05\x06', new Uint8Array(18)], 'all.zip', { type: 'application/zip' })

frontend.records(
  'is refused a file of a kind that is not stored',
  {
    given: [signedIn],
    call: backend.uploadFile({ query: { name: 'all.zip' }, body: archive }),
    reply: {
      status: 415,
      body: { error: { code: 'unsupported_media_type', message: 'It has to be text or a picture.' } },
    },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).uploadFile(archive))).toMatchObject({
      kind: 'refused',
      status: 415,
      message: 'It has to be text or a picture.',
    })
  },
)

const content = 'Über den Wolken;\r\n"Milch"\n'

frontend.records(
  'gets a file back, byte for byte and under its name',
  {
    given: [
      signedIn,
      backend.states.fileStored({ owner: ann, id: fileId, name: 'Pläne 1.txt', mediaType: 'text/plain', content }),
    ],
    call: backend.downloadFile({ params: { id: fileId } }),
    reply: {
      status: 200,
      body: new TextEncoder().encode(content),
      headers: {
        'content-type': exactly('text/plain'),
        'content-disposition': matching(
          "^attachment;.*filename\\*=UTF-8''Pl%C3%A4ne%201\\.txt$",
          'attachment; filename="Pl_ne 1.txt"; filename*=UTF-8\'\'Pl%C3%A4ne%201.txt',
        ),
      },
    },
  },
  async (api) => {
    const file = await withCookie(api).downloadFile(fileId)
    expect(file).toMatchObject({ name: 'Pläne 1.txt', mediaType: 'text/plain' })
    expect(new TextDecoder().decode(file.bytes)).toBe(content)
  },
)

frontend.records(
  'does not find an unknown file',
  {
    given: [signedIn],
    call: backend.downloadFile({ params: { id: unknownId } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).downloadFile(unknownId))).toMatchObject({
      kind: 'not-found',
      message: 'There is no such file.',
    })
  },
)

frontend.records(
  'does not find the file of somebody else',
  {
    given: [
      signedIn,
      backend.states.fileStored({ owner: bob, id: fileId, name: 'diary.txt', mediaType: 'text/plain', content }),
    ],
    call: backend.downloadFile({ params: { id: fileId } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).downloadFile(fileId))).toMatchObject({ kind: 'not-found' })
  },
)
