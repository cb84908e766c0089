/**
 * The file name in a Content-Disposition value; undefined where it has none. The encoded form counts where both are
 * there (RFC 6266 §4.3), as only that one can hold every character. A name with folders loses them.
 */
export function fileNameOf(contentDisposition: string): string | undefined {
  const name = encodedName(contentDisposition) ?? plainName(contentDisposition)
  return name?.split(/[/\\]/).at(-1) || undefined
}

/** RFC 8187 §3.2: `filename*=UTF-8''Pl%C3%A4ne.txt` */
function encodedName(value: string): string | undefined {
  const encoded = /;\s*filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(value)?.[1]
  if (encoded === undefined) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/** RFC 9110 §5.6: a token, or a text in quotes with backslashes before some characters. */
function plainName(value: string): string | undefined {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(value) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? token
}
