import { snakeCase } from '../case.ts'

/** Words that Python keeps for itself. */
const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
)

/** Names that mean something where parameters and fields are declared. */
const reserved = new Set('self query headers body str int float bool'.split(' '))

/** The names of Python identifiers for names of the contract: in snake case, each but once. */
export function identifiersFor(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const identifiers = new Map<string, string>()
  for (const name of names) {
    let identifier = identifierOf(name)
    while (taken.has(identifier)) identifier = `${identifier}_`
    taken.add(identifier)
    identifiers.set(name, identifier)
  }
  return identifiers
}

/** One name as a Python identifier. */
export function identifierOf(name: string): string {
  const words = snakeCase(name) || 'value'
  const identifier = /^\d/.test(words) ? `_${words}` : words
  return keywords.has(identifier) || reserved.has(identifier) ? `${identifier}_` : identifier
}

/** Whether a name can be written in Python as it is. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name)
}

/** What a generated module takes from elsewhere, by module. */
export const imported = {
  typing: ['Any', 'Dict', 'List', 'Literal', 'Mapping', 'Optional', 'TypedDict', 'Union'],
  // Fields of shapes may be called "field", but not by a name that is private.
  dataclasses: ['dataclass', 'field as _field'],
  '.runtime.client': ['Client'],
  '.runtime.models': ['Model'],
  '.runtime.operations': ['Answer', 'Bytes', 'ErrorShape', 'Json', 'NoContent', 'Operation', 'Shared', 'Text'],
  '.runtime.replies': ['Reply'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Names that no shape of a contract can have in Python. */
export const takenNames: ReadonlySet<string> = new Set(Object.values(imported).flat())

/** The name of a named schema in Python: its own, unless that means something else there. */
export function modelName(name: string): string {
  return takenNames.has(name) ? `${name}Shape` : name
}
