import { randomUUID } from 'node:crypto'
import { reply } from '#harness/contract/reply.ts'
import { attachment } from '#harness/serve/content-disposition.ts'
import type { Parts } from '../parts.ts'
import { notFound, type BackendHandlers } from './backend-handlers.ts'

/** Storing files and getting them back. */
export function fileHandlers({ files, storage }: Parts): Pick<BackendHandlers, 'uploadFile' | 'downloadFile'> {
  return {
    async uploadFile({ query: { name }, body, principal: { account }, request }) {
      const id = randomUUID()
      const media_type = request.headers.get('content-type') ?? 'application/octet-stream'
      // The bytes first: what is known of a file never points to nothing.
      const path = await storage.save(id, body)
      try {
        return reply(201, await files.add(account.id, { id, name, media_type, size: body.byteLength, path }))
      } catch (error) {
        await storage.remove(path).catch(() => undefined)
        throw error
      }
    },
    async downloadFile({ params, principal: { account } }) {
      const file = await files.find(account.id, params.id)
      if (!file) throw notFound('file')
      return reply(200, await storage.read(file.path), {
        'content-type': file.media_type,
        'content-disposition': attachment(file.name),
        // What somebody stored as one thing must not be taken for another, such as a page with scripts.
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
    },
  }
}
