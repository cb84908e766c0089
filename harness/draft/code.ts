import { isPlainObject, Matching } from '#harness/contract/example.ts'

/** A piece of TypeScript: its text on one line, and how it is broken into several where it does not fit. */
export type Code =
  | Readonly<{ kind: 'raw'; text: string }>
  | Readonly<{ kind: 'object'; fields: readonly (readonly [key: string, value: Code])[]; suffix?: string }>
  | Readonly<{ kind: 'list'; items: readonly Code[] }>
  | Readonly<{ kind: 'call'; callee: string; args: readonly Code[] }>

const width = 120
const step = '  '

export function raw(text: string): Code {
  return { kind: 'raw', text }
}

export function call(callee: string, ...args: readonly Code[]): Code {
  return { kind: 'call', callee, args }
}

export function object(fields: Readonly<Record<string, Code | undefined>>): Code {
  return {
    kind: 'object',
    fields: Object.entries(fields).flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
  }
}

/** A value as code. Marked texts, files and what JSON has are known. */
export function valueCode(value: unknown): Code {
  if (value instanceof Matching) return call('matching', valueCode(value.pattern), valueCode(value.value))
  if (value instanceof File) return fileCode(value)
  if (Array.isArray(value)) return { kind: 'list', items: value.map(valueCode) }
  if (isPlainObject(value))
    return { kind: 'object', fields: Object.entries(value).map(([key, field]) => [key, valueCode(field)]) }
  return raw(typeof value === 'string' ? textCode(value) : (JSON.stringify(value) ?? 'undefined'))
}

function fileCode(file: File): Code {
  return call(
    'new File',
    raw(`[${textCode(fileText(file))}]`),
    raw(textCode(file.name)),
    object({ type: raw(textCode(file.type)) }),
  )
}

const texts = new WeakMap<File, string>()

/** A file of a text that stays at hand: a file's own text is read asynchronously. */
export function textFile(text: string, name: string, type: string): File {
  const file = new File([text], name, { type })
  texts.set(file, text)
  return file
}

function fileText(file: File): string {
  return texts.get(file) ?? ''
}

/** A text between single quotation marks, or double ones where it has single ones only. */
export function textCode(text: string): string {
  const json = JSON.stringify(text)
  if (text.includes("'") && !text.includes('"')) return json
  return `'${json
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`
}

function keyCode(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textCode(key)
}

/** The text of a piece of code that begins at some indent, behind `before` and before `after` on the same line. */
export function render(code: Code, indent: string, { before = '', after = '' } = {}): string {
  const line = inline(code)
  if (indent.length + before.length + line.length + after.length <= width) return line
  switch (code.kind) {
    case 'raw':
      return line
    case 'object':
      return block(
        '{',
        code.fields.map(([key, value]) => field(key, value, indent + step)),
        `${indent}}${code.suffix ?? ''}`,
      )
    case 'list':
      return block(
        '[',
        code.items.map((item) => entry(item, indent + step)),
        `${indent}]`,
      )
    case 'call':
      return renderCall(code, indent, { before, after })
  }
}

function renderCall({ callee, args }: Extract<Code, { kind: 'call' }>, indent: string, around: Around): string {
  const [only] = args
  if (only && args.length === 1 && only.kind !== 'raw') {
    const inner = render(only, indent, { before: `${around.before}${callee}(`, after: `)${around.after}` })
    return `${callee}(${inner})`
  }
  return block(
    `${callee}(`,
    args.map((arg) => entry(arg, indent + step)),
    `${indent})`,
  )
}

type Around = Readonly<{ before: string; after: string }>

function field(key: string, value: Code, indent: string): string {
  const before = `${keyCode(key)}: `
  return `${indent}${before}${render(value, indent, { before, after: ',' })},`
}

function entry(item: Code, indent: string): string {
  return `${indent}${render(item, indent, { after: ',' })},`
}

function block(open: string, lines: readonly string[], close: string): string {
  return lines.length === 0 ? `${open}${close.trimStart()}` : [open, ...lines, close].join('\n')
}

function inline(code: Code): string {
  switch (code.kind) {
    case 'raw':
      return code.text
    case 'list':
      return `[${code.items.map(inline).join(', ')}]`
    case 'call':
      return `${code.callee}(${code.args.map(inline).join(', ')})`
    case 'object': {
      const fields = code.fields.map(([key, value]) => `${keyCode(key)}: ${inline(value)}`)
      return `${fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`}${code.suffix ?? ''}`
    }
  }
}
