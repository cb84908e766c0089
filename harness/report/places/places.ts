import { join } from 'node:path'
import type { System } from '#harness/contract/system.ts'
import { firstLine, sourceFiles, type Place, type SourceFile } from './source-files.ts'

/** Where in the sources of a system things are said; undefined for what is found nowhere. */
export type Places = Readonly<{
  /** Where a consumer's test describes an interaction. */
  interaction: (consumer: string, description: string) => Place | undefined
  /** Where a contract declares an operation. */
  operation: (provider: string, operation: string) => Place | undefined
  /** Where a live service, or a mock, handles an operation. */
  handler: (on: 'live' | 'mock', provider: string, operation: string) => Place | undefined
}>

/** Reads the sources of a system once, to find places in them. */
export async function readPlaces(root: string, system: System): Promise<Places> {
  const { name, components } = system
  const folder = (...parts: string[]): string => join(root, ...parts)
  const [contracts, tests, providers, mocks] = await Promise.all([
    sourceFiles(root, [folder('contracts', name)], ['.ts']),
    sourceFiles(root, [folder('consumers', name)], ['.pact.test.ts']),
    sourceFiles(root, [folder('providers', name)], ['.ts', '.py']),
    sourceFiles(root, [folder('mocks', name)], ['.ts']),
  ])
  return {
    interaction: (consumer, description) =>
      firstLine(under(tests, `consumers/${name}/${consumer}/`), (line) => describes(line, description)),
    operation(provider, operation) {
      const declared = `'${components[provider]?.contract?.name}'`
      const own = contracts.filter(({ lines }) => lines.some((line) => line.includes(declared)))
      const declaration = new RegExp(`^\\s*${operation}:\\s*(http|sse|ws)\\.`)
      const isIt = (line: string): boolean => declaration.test(line)
      return firstLine(own, isIt) ?? firstLine(contracts, isIt)
    },
    handler(on, provider, operation) {
      const files = on === 'live' ? providers : mocks
      const kind = on === 'live' ? 'providers' : 'mocks'
      const isIt = handles(operation)
      const beside = [`${kind}/${name}/${provider}/`, `${kind}/${name}/${provider}.`, `${kind}/${name}/shared/`]
      return beside.map((start) => firstLine(under(files, start), isIt)).find((place) => place !== undefined)
    },
  }
}

function under(files: readonly SourceFile[], start: string): readonly SourceFile[] {
  return files.filter(({ file }) => file.startsWith(start))
}

/** A line has the description as a text, or a template that gives it. */
function describes(line: string, description: string): boolean {
  if (line.includes(description) || line.includes(description.replaceAll("'", String.raw`\'`))) return true
  return [...line.matchAll(/`([^`]*\$\{[^`]*)`/g)].some(([, template = '']) => {
    const fixed = template.split(/\$\{[^}]*\}/).map((part) => RegExp.escape(part))
    // Of a template that is nothing but values, nobody knows what it gives.
    return fixed.join('').length > 3 && new RegExp(`^${fixed.join('.*')}$`).test(description)
  })
}

/** `async createConversation({ body })`, `createConversation: …`, `createConversation,`, and `def create_conversation(`. */
function handles(operation: string): (line: string) => boolean {
  const snake = operation.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const handler = new RegExp(`^\\s*((async\\s+)?\\*?\\s*${operation}\\s*[(:,]|def ${snake}\\()`)
  return (line) => handler.test(line)
}
