/**
 * The token in an address's fragment, which no browser sends anywhere, or in what somebody pasted: the token alone, the
 * address, or the whole line that `concordat up` prints. Undefined where there is none.
 */
export function tokenIn(text: string): string | undefined {
  const trimmed = text.trim()
  const token = trimmed.includes('#') ? trimmed.slice(trimmed.lastIndexOf('#') + 1) : trimmed
  return /^[\w.~-]+$/.test(token) ? token : undefined
}
