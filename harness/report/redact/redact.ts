import { masked, maskText } from '#harness/control/show/mask.ts'
import { secretShapes } from '#harness/pact/file/secrets.ts'

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** Everything that a name says is a secret. */
const name = String.raw`[\w-]*(?:pass(?:word|wd|phrase)|secret|token|credentials?|api[-_]?key|signature|private[-_]?key)`

const header = String.raw`\b(?:(?:proxy-)?authorization|(?:set-)?cookie2?|x-api-key)`

/** A quotation mark, however often it was escaped on the way. */
const quote = String.raw`\\*["'\u0060]`

const rules: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // A header, to the end of its line or of the quotation that it stands in: `cookie: a=b; c=d`.
  [
    new RegExp(String.raw`(${header})((?:${quote})?\s*[:=]\s*)(?![[\s])[^\n"'\u0060]*[^\s"'\u0060\\]`, 'gi'),
    `$1$2${masked}`,
  ],
  // The same as JSON or code: `"cookie": "a=b"`, `"set-cookie": ["a=b", "c=d"]`.
  [
    new RegExp(String.raw`(${header})((?:${quote})?\s*[:=]\s*${quote})[^"'\u0060\n]*[^"'\u0060\\\n]`, 'gi'),
    `$1$2${masked}`,
  ],
  [new RegExp(String.raw`(${header})((?:${quote})?\s*[:=]\s*)\[[^\]]*\]`, 'gi'), `$1$2[${masked}]`],
  // A credential behind its scheme word.
  [/\b(Bearer|Basic)(\s+)(?=[\w.~+/=-]*\d|[\w.~+/=-]{24})[\w.~+/=-]{6,}/g, `$1$2${masked}`],
  // A named value in quotes, as in JSON and code.
  [
    new RegExp(String.raw`\b(${name})(${quote})?(\s*[:=]\s*)(${quote})(?:(?!\4)[^\n])*(\4)`, 'gi'),
    `$1$2$3$4${masked}$5`,
  ],
  // A named value in a query, a form or a variable.
  [new RegExp(String.raw`\b(${name})=[^\s&;,"'\u0060<>\\]+`, 'gi'), `$1=${masked}`],
  // A named value in a log line. What is called "token" may be an event, whose name stands before a colon too.
  [
    /\b([\w-]*(?:password|passwd|passphrase|secret|api[-_]?key|private[-_]?key|[-_]token|[-_]signature))(:\s*)[^\s"'`,;}\])]+/gi,
    `$1$2${masked}`,
  ],
  // Who somebody is within an address: `postgres://user:password@host`.
  [/(\b[a-z][\w+.-]*:\/\/[^\s/:@"']*:)[^\s/@"']+@/gi, `$1${masked}@`],
  [/(\bbearer\.)[\w.~-]{6,}/gi, `$1${masked}`],
  ...secretShapes.map(([, shape]) => [new RegExp(shape.source, `${shape.flags.replace('g', '')}g`), masked] as const),
]

/** Variables of the environment whose values are kept out of everything. */
const secretVariable = /(token|secret|password|passwd|api_?key|private_?key|credentials?)/i

/** What is shorter may be a word that stands elsewhere for something else. */
const shortestValue = 12

/**
 * Makes what takes secrets out of a text: what looks like one, what has the name of one, and the values of the environment's
 * own. What is taken out already stays as it is.
 */
export function redaction(env: NodeJS.ProcessEnv = process.env): Redact {
  const values = Object.entries(env).flatMap(([variable, value = '']) =>
    secretVariable.test(variable) && value.length >= shortestValue ? [value] : [],
  )
  return (text) => {
    const known = values.reduce((left, value) => left.replaceAll(value, masked), maskText(text))
    return rules.reduce((left, [pattern, instead]) => left.replace(pattern, instead), known)
  }
}

/** The same value with all its texts redacted, at any depth. */
export function redacted<T>(value: T, redact: Redact): T {
  return deep(value, redact) as T
}

function deep(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => deep(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, deep(field, redact)]))
}
