const SPECIAL = /[\\^$.*+?()[\]{}|/]/g
const PART = /\\(?<escaped>[\s\S])|\[(?<negation>\^?)(?<members>(?:\\[\s\S]|[^\]\\])*)\]|[\s\S]/g
const MEMBER = /(?<from>\\[\s\S]|[\s\S])(?:-(?<to>\\[\s\S]|[\s\S]))?/g

/**
 * A pattern of KEYS, SCAN and PSUBSCRIBE as a regular expression: `*`, `?`, `[abc]`, `[^a-z]`, `\` before a character
 * that is meant literally.
 */
export function globToRegExp(glob: string): RegExp {
  const source = Array.from(glob.matchAll(PART), translate).join('')
  return new RegExp(`^${source}$`, 's')
}

function translate(match: RegExpMatchArray): string {
  const [part] = match
  const { escaped, negation = '', members } = match.groups ?? {}
  if (escaped !== undefined) return literal(escaped)
  if (members !== undefined) return classOf(negation, members)
  if (part === '*') return '.*'
  return part === '?' ? '.' : literal(part)
}

/** The inside of square brackets: characters and ranges, whose ends may come in either order. */
function classOf(negation: string, members: string): string {
  if (members === '') return negation === '' ? '(?!)' : '.'
  const parts = Array.from(members.matchAll(MEMBER), ({ groups = {} }) => {
    const { from = '', to } = groups
    const [first, last] = [bare(from), bare(to ?? from)].toSorted()
    return `${codeOf(first)}-${codeOf(last)}`
  })
  return `[${negation}${parts.join('')}]`
}

function bare(character: string): string {
  return character.length > 1 ? character.slice(1) : character
}

function codeOf(character = ''): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function literal(text: string): string {
  return text.replace(SPECIAL, '\\$&')
}
