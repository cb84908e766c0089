const width = 100

/** A text as a Python string. */
export function pythonString(text: string): string {
  return JSON.stringify(text)
}

/** A JSON value as a Python expression. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${pythonString(key)}: ${pythonLiteral(item)}`)
      .join(', ')}}`
  return String(value as number)
}

/** A tuple of texts. */
export function pythonTuple(texts: readonly string[]): string {
  return texts.length === 1 ? `(${pythonString(texts[0] ?? '')},)` : `(${texts.map(pythonString).join(', ')})`
}

/** Lines moved to the right by some levels of four blanks. */
export function indented(lines: readonly string[], levels = 1): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${'    '.repeat(levels)}${line}`))
}

/** A docstring, its paragraphs wrapped; `levels` is how far it will be indented. */
export function docstring(paragraphs: readonly string[], levels: number): readonly string[] {
  const all = paragraphs.flatMap((text, index) => [
    ...(index > 0 ? [''] : []),
    ...wrapped(escaped(text), width - 4 * levels - 3),
  ])
  const [only = '', ...more] = all
  return more.length === 0 && only.length + 4 * levels + 6 <= width ? [`"""${only}"""`] : [`"""${only}`, ...more, '"""']
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').replace(/"$/, '".')
}

function wrapped(text: string, limit: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= limit) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A call or list in brackets: on one line where it fits, else one item per line; `levels` is how far it will be indented. */
export function bracketed(
  [open, close]: readonly [open: string, close: string],
  items: readonly string[],
  levels = 0,
): readonly string[] {
  const line = `${open}${items.join(', ')}${close}`
  if (line.length + 4 * levels <= width) return [line]
  return [open, ...indented(items.map((item) => `${item},`)), close]
}
