/** A text without its second half, and nothing that could be read in its place: it is no JSON, whatever it was. */
export function halfText(text: string): string {
  return `${text.slice(0, Math.floor(text.length / 2))}<`
}

/** The same of bytes. */
export function halfBytes(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, Math.floor(bytes.length / 2)), Buffer.from('<')])
}
