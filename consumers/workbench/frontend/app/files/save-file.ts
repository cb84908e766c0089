import type { DownloadedFile } from '../../files.ts'

/** Hands a file to the browser to be saved, under the name that it was stored with. */
export function saveFile({ name = 'download', bytes, mediaType }: DownloadedFile): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it when the next task begins.
  setTimeout(() => URL.revokeObjectURL(url))
}
