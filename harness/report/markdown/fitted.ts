/** A part of a document that may be left out; `name` is what it is called then. */
export type MdPart = Readonly<{ name: string; text: string }>

/**
 * Parts one after another within so many bytes of UTF-8. What does not fit is left out whole, so that no table or fold is
 * cut, and named at the end.
 */
export function fitted(parts: readonly MdPart[], most: number): string {
  const left: string[] = []
  let text = ''
  for (const part of parts) {
    const longer = `${text}${text === '' ? '' : '\n\n'}${part.text}`
    if (bytesOf(longer) + bytesOf(noteOf(parts.map(({ name }) => name))) > most) left.push(part.name)
    else text = longer
  }
  return `${text}${left.length > 0 ? noteOf(left) : ''}\n`
}

function noteOf(names: readonly string[]): string {
  return `\n\n_Left out, as it would not fit here: ${names.join(', ')}. It is in report.html._`
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}
