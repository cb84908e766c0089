import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectRoot } from '#harness/project/paths.ts'
import { closureOver, type Closure } from '../closure.ts'
import { filesIn, isUnitTest } from '../project-files.ts'

/** A line of a project's file: `consumers/shop/till/items.ts:12`. */
export type Place = Readonly<{ path: string; line: number | undefined }>

/** Finds where consumers' code says what their pacts say. */
export type Locator = Readonly<{
  /** The line of a test that describes an interaction; of a description that is made up of parts, the test alone. */
  recorded: (testFile: string, interaction: string) => Place
  /** The first lines of the client, as the test uses it, that name a field; none where it is named nowhere. */
  named: (testFile: string, field: string) => readonly Place[]
}>

/** So many lines are enough to go there. */
const mostLines = 2

export function makeLocator(root: string = projectRoot): Locator {
  const closure = closureOver(root)
  return {
    recorded: (testFile, interaction) => ({
      path: testFile,
      line: linesWith(root, testFile, [quoted(interaction)])[0],
    }),
    named: (testFile, field) =>
      clientFiles(root, testFile, closure)
        .flatMap((path) => linesWith(root, path, [word(field)]).map((line) => ({ path, line })))
        .slice(0, mostLines),
  }
}

export function placeText({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`
}

/** The client that a test uses: what it imports of the consumers, and what of its component is no TypeScript. */
function clientFiles(root: string, testFile: string, closure: Closure): readonly string[] {
  if (!existsSync(join(root, testFile))) return []
  const imported = [...closure([testFile])].filter((path) => path.startsWith('consumers/'))
  const others = filesIn(root, dirname(testFile)).filter(
    (path) => /\.\w+$/.test(path) && !/\.(tsx?|json|md)$/.test(path),
  )
  return [...imported, ...others].filter((path) => !isUnitTest(path) && !path.endsWith('.pact.test.ts'))
}

function linesWith(root: string, path: string, patterns: readonly RegExp[]): readonly number[] {
  if (!existsSync(join(root, path))) return []
  const lines = readFileSync(join(root, path), 'utf8').split('\n')
  return lines.flatMap((line, index) => (patterns.every((pattern) => pattern.test(line)) ? [index + 1] : []))
}

function quoted(text: string): RegExp {
  return new RegExp(`['"\`]${RegExp.escape(text.replaceAll("'", "\\'"))}['"\`]|['"\`]${RegExp.escape(text)}['"\`]`)
}

/** The field by its own name, or as code in camel case has it; comments and imports do not read it. */
function word(field: string): RegExp {
  return new RegExp(`^(?!\\s*(?://|\\*|/\\*|#|import\\b)).*(?<![\\w-])${RegExp.escape(field)}(?![\\w-])`)
}
