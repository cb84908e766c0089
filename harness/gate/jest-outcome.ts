import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/** One test, as Jest reports it. */
export type TestOutcome = Readonly<{
  /** Absolute. */
  file: string
  /** Titles of its describe blocks, outermost first. */
  blocks: readonly string[]
  title: string
  status: 'passed' | 'failed' | 'skipped'
  /** Why it failed. */
  message: string
}>

/** Something that kept tests from running, as a message. */
export type JestProblem = Readonly<{ file: string | undefined; message: string }>

/** What came of a Jest run. */
export type JestOutcome = Readonly<{ tests: readonly TestOutcome[]; problems: readonly JestProblem[] }>

const Results = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullable(),
        }),
      ),
    }),
  ),
})

type FileResult = z.output<typeof Results>['testResults'][number]

export type JestOutput = Readonly<{
  /** What Jest wrote under --json; undefined where it wrote nothing. */
  json: string | undefined
  /** The files that it was given. */
  files: readonly string[]
  exitCode: number
  lastLines: readonly string[]
}>

/**
 * Reads what Jest reports. What Jest passes in silence is a problem here: a file that it did not run, a file of which no
 * test ran, and an exit code that contradicts its results.
 */
export function readOutcome({ json, files, exitCode, lastLines }: JestOutput): JestOutcome {
  const said = stripVTControlCharacters(lastLines.join('\n'))
  if (json === undefined)
    return {
      tests: [],
      problems: [{ file: undefined, message: `Jest ended with ${exitCode} and gave no results:\n${said}` }],
    }
  const { success, testResults } = Results.parse(JSON.parse(json))
  const problems = files.flatMap((file) =>
    problemOf(
      file,
      testResults.find(({ name }) => name === file),
    ),
  )
  const tests = testResults.flatMap(testsOf)
  const isExplained = success || problems.length > 0 || tests.some(({ status }) => status === 'failed')
  if (exitCode === 0 ? success : isExplained && !success) return { tests, problems }
  return { tests, problems: [...problems, { file: undefined, message: `Jest ended with ${exitCode}:\n${said}` }] }
}

function problemOf(file: string, result: FileResult | undefined): JestProblem[] {
  if (!result) return [{ file, message: 'Jest did not run it.' }]
  const ran = result.assertionResults.filter(({ status }) => status === 'passed' || status === 'failed')
  if (ran.length > 0) return []
  const message = stripVTControlCharacters(result.message).trim()
  return [{ file, message: message === '' ? 'None of its tests ran.' : message }]
}

function testsOf({ name, assertionResults }: FileResult): readonly TestOutcome[] {
  return assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
    file: name,
    blocks: ancestorTitles,
    title,
    status: status === 'passed' || status === 'failed' ? status : 'skipped',
    message: withoutEngineFrames(stripVTControlCharacters((failureMessages ?? []).join('\n'))),
  }))
}

/** A failure's message without the lines of its stack that lie in Jest or Node. */
function withoutEngineFrames(message: string): string {
  return message
    .split('\n')
    .filter(
      (line) => !/^\s+at .*(node_modules|node:internal|\(node:)/.test(line) && !/^\s+at new Promise \(/.test(line),
    )
    .join('\n')
    .trimEnd()
}
