import { readHeaderList } from './header-list.ts'
import { refuseHeader } from './refuse-header.ts'

/** Which answer a caller asks for. */
export type Preferences = Readonly<{
  /** That of this status. */
  code?: number
  /** That of this recorded interaction, by its description or its slug. */
  example?: string
  /** One that is made up from the schema. */
  dynamic?: true
}>

/**
 * What a Prefer header (RFC 7240) says of the answer; undefined where that is nothing. Of a preference that is given twice
 * the first counts, and those that are not ours are left alone, as the RFC has it.
 * @throws Refusal with 400 where one of ours has a value that it cannot have.
 */
export function readPreferences(text: string): Preferences | undefined {
  const given = new Map<string, string | undefined>()
  for (const { name, value } of itemsOf(text)) {
    const key = name.toLowerCase()
    if (!given.has(key)) given.set(key, value)
  }
  const preferences = {
    ...(given.has('code') && { code: codeOf(given.get('code') ?? '') }),
    ...(given.has('example') && { example: exampleOf(given.get('example')) }),
    ...(isDynamic(given) && { dynamic: true as const }),
  }
  if (preferences.example !== undefined && preferences.dynamic)
    throw refuseHeader('Prefer', text, 'an example is not made up. Leave out "example" or "dynamic".')
  return Object.keys(preferences).length > 0 ? preferences : undefined
}

function itemsOf(text: string): ReturnType<typeof readHeaderList> {
  try {
    return readHeaderList(text)
  } catch (error) {
    throw refuseHeader('Prefer', text, `${(error as Error).message}. Write it like code=404, or example="…".`)
  }
}

function codeOf(text: string): number {
  if (/^[1-5]\d\d$/.test(text)) return Number(text)
  throw refuseHeader('Prefer', text === '' ? 'code' : `code=${text}`, 'it has to be a status, such as code=404.')
}

function exampleOf(text: string | undefined): string {
  if (text !== undefined) return text
  throw refuseHeader('Prefer', 'example', 'it has to name a recorded interaction, such as example="…".')
}

function isDynamic(given: ReadonlyMap<string, string | undefined>): boolean {
  if (!given.has('dynamic')) return false
  const value = given.get('dynamic') ?? 'true'
  if (value !== 'true' && value !== 'false')
    throw refuseHeader('Prefer', `dynamic=${value}`, 'it has to be "true" or "false".')
  return value === 'true'
}

/** Preferences as Preference-Applied says them (RFC 7240 §3). */
export function appliedText({ code, example, dynamic }: Preferences): string {
  return [
    ...(code === undefined ? [] : [`code=${code}`]),
    ...(example === undefined ? [] : [`example=${/^[\w!#$%&'*+.^`|~-]+$/.test(example) ? example : quoted(example)}`]),
    ...(dynamic ? ['dynamic=true'] : []),
  ].join(', ')
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
