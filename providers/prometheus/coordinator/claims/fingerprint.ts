import { createHash } from 'node:crypto'

/** A short text that two JSON values share where they say the same, whatever the order of their keys. */
export function fingerprintOf(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('base64url')
}

function canonical(content: unknown): string {
  return JSON.stringify(content, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
