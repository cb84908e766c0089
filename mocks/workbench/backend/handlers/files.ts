import { reply } from '#harness/contract/reply.ts'
import { attachment } from '#harness/serve/content-disposition.ts'
import type { Memory } from '../memory.ts'
import { notFound, type BackendHandlers } from './backend-handlers.ts'

/** Storing files and getting them back. */
export function fileHandlers({ files }: Memory): Pick<BackendHandlers, 'uploadFile' | 'downloadFile'> {
  return {
    uploadFile({ query: { name }, body, principal: { account }, request }) {
      const media_type = request.headers.get('content-type') ?? 'application/octet-stream'
      return reply(201, files.add(account.id, { name, media_type, content: body }))
    },
    downloadFile({ params, principal: { account } }) {
      const found = files.find(account.id, params.id)
      if (!found) throw notFound('file')
      return reply(200, found.content, {
        'content-type': found.file.media_type,
        'content-disposition': attachment(found.file.name),
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
    },
  }
}
