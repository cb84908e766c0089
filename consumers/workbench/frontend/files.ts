import type { BackendClient } from './backend-client.ts'
import { fileNameOf } from './file-name.ts'

export type StoredFile = Readonly<{ id: string; name: string; mediaType: string; size: number }>

export type DownloadedFile = Readonly<{ name: string | undefined; mediaType: string; bytes: Uint8Array<ArrayBuffer> }>

/** Files of up to 5 MiB: text, images, PDF, or bytes of no special type. */
export type Files = Readonly<{
  /** Stores a file under its name. A browser's `File` has one; give one for any other blob. */
  uploadFile: (file: Blob, name?: string) => Promise<StoredFile>
  downloadFile: (id: string) => Promise<DownloadedFile>
}>

export function filesOf(calls: BackendClient): Files {
  return {
    async uploadFile(file, name = file instanceof File ? file.name : 'unnamed') {
      const { body } = await calls.uploadFile({ query: { name }, body: file })
      return { id: body.id, name: body.name, mediaType: body.media_type, size: body.size }
    },
    async downloadFile(id) {
      const { body, headers } = await calls.downloadFile({ params: { id } })
      return { name: fileNameOf(headers['content-disposition']), mediaType: headers['content-type'], bytes: body }
    },
  }
}
