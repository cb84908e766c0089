import type { Place } from './source-files.ts'

/** Where sources can be read; undefined where nobody knows. */
export type Links = Readonly<{ to: (place: Place) => string | undefined }>

/** Links into a repository's files: under `https://github.com/owner/name/blob/<commit>`. */
export function linksUnder(sources: string | undefined): Links {
  return {
    to({ file, line }) {
      if (sources === undefined) return undefined
      const path = file.split('/').map(encodeURIComponent).join('/')
      return `${sources.replace(/\/$/, '')}/${path}#L${line}`
    },
  }
}
