/** One item of a header's list: `latency=300;seed=7`. A name without a value, or with an empty one, has none. */
export type HeaderItem = Readonly<{ name: string; value: string | undefined; parameters: readonly HeaderParameter[] }>
export type HeaderParameter = Readonly<{ name: string; value: string | undefined }>

const quotedString = String.raw`"(?:[^"\\]|\\.)*"`
const pair = /^\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=([\s\S]*))?$/

/**
 * Reads a list of items with parameters, as RFC 7240 §2 has it for Prefer: `code=404, example="a b";strict`. More is taken
 * than the RFC allows: a value needs no quotation marks where it has no comma, semicolon or quotation mark.
 * @throws SyntaxError with the part that cannot be read.
 */
export function readHeaderList(text: string): readonly HeaderItem[] {
  if (text.replaceAll(new RegExp(quotedString, 'g'), '').includes('"'))
    throw new SyntaxError('a quotation mark is not closed')
  return split(text, ',')
    .filter((item) => item.trim() !== '')
    .map((item) => {
      const [first = '', ...rest] = split(item, ';')
      return { ...readPair(first), parameters: rest.filter((part) => part.trim() !== '').map(readPair) }
    })
}

function split(text: string, separator: string): readonly string[] {
  return text.match(new RegExp(`(?:[^${separator}"]|${quotedString})+`, 'g')) ?? []
}

function readPair(text: string): HeaderParameter {
  const [, name, given] = pair.exec(text) ?? []
  if (name === undefined) throw new SyntaxError(`"${text.trim()}" is not name=value`)
  const word = (given ?? '').trim()
  const value = word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word
  return { name, value: value === '' ? undefined : value }
}
