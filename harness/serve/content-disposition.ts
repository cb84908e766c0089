/**
 * The Content-Disposition of a download: never shown in the place of a page, saved under the name it was stored with.
 * RFC 6266 §4.3: a name of plain characters for all, the real one (RFC 8187 §3.2) for those that understand it.
 */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded(name)}`
}

function encoded(name: string): string {
  // A lone surrogate has no encoding; toWellFormed makes it U+FFFD.
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
