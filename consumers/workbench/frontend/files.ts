import type { CallOptions } from '#harness/client/options.ts'
import type { BackendClient } from './backend-client.ts'
import { fileNameOf } from './file-name.ts'

export type StoredFile = Readonly<{ id: string; name: string; mediaType: string; size: number }>

export type DownloadedFile = Readonly<{ name: string | undefined; mediaType: string; bytes: Uint8Array<ArrayBuffer> }>

/** Files of up to 5 MiB: text, images, PDF, or bytes of no special type. */
export type Files = Readonly<{
  /** Stores a file under its name: a browser's `File` has one. */
  uploadFile: (file: Blob & Readonly<{ name: string }>, options?: CallOptions) => Promise<StoredFile>
  downloadFile: (id: string, options?: CallOptions) => Promise<DownloadedFile>
}>

export function filesOf(calls: BackendClient): Files {
  return {
    async uploadFile(file, options) {
      const { body } = await calls.uploadFile({ query: { name: file.name }, body: file }, options)
      return { id: body.id, name: body.name, mediaType: body.media_type, size: body.size }
    },
    async downloadFile(id, options) {
      const { body, headers } = await calls.downloadFile({ params: { id } }, options)
      return { name: fileNameOf(headers['content-disposition']), mediaType: headers['content-type'], bytes: body }
    },
  }
}
