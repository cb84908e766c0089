import { relative } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import { edgeName } from '#harness/contract/system.ts'
import { projectRoot } from '#harness/project/paths.ts'
import type { StageResult, SurvivalResult } from '#harness/project/results.ts'
import { driftFindings } from './drift-evidence.ts'
import type { EdgeEvidence } from './edges.ts'
import type { JestOutcome, TestOutcome } from './jest-outcome.ts'
import { pactFindings } from './pact-evidence.ts'
import { survivalFindings } from './survival-evidence.ts'

/** Tests that failed alike, with what Jest says of them. */
export type Failure = Readonly<{
  file: string
  titles: readonly string[]
  message: string
  /** What a stage found there; `test-failed` where none did. */
  findings: readonly Finding[]
}>

type Known = Readonly<{ edges: readonly EdgeEvidence[]; results: readonly StageResult[] }>

/** The failed tests of these runs: those of one file that failed alike as one, each with the findings that it stands for. */
export function failuresOf(outcomes: readonly JestOutcome[], known: Known): readonly Failure[] {
  const failed = outcomes.flatMap(({ tests }) => tests.filter(({ status }) => status === 'failed'))
  const alike = Object.values(Object.groupBy(failed, ({ file, message }) => `${file}\n${message}`))
  return [
    ...outcomes.flatMap(({ problems }) => problems.map(problemFailure)),
    ...alike.flatMap((tests) => (tests ? [failureOf(tests, known)] : [])),
    ...untold(failed, known.results),
  ]
}

function problemFailure({ file, message }: JestOutcome['problems'][number]): Failure {
  const place = file === undefined ? 'jest' : relative(projectRoot, file)
  return { file: place, titles: [], message, findings: [testFailed(place, message)] }
}

function failureOf(tests: readonly TestOutcome[], known: Known): Failure {
  const file = relative(projectRoot, tests[0]?.file ?? '')
  const message = tests[0]?.message ?? ''
  const titles = tests.map(({ blocks, title }) => [...blocks, title].join(' › '))
  const found = tests.flatMap((test) => findingsAt(test, known))
  const others = titles.length > 1 ? ` and ${titles.length - 1} more` : ''
  const own = testFailed(file, `"${titles[0]}"${others} failed: ${firstLine(message)}`)
  return { file, titles, message, findings: found.length > 0 ? found : [own] }
}

function testFailed(path: string, message: string): Finding {
  return { code: 'test-failed', severity: 'error', path, message: firstLine(message), fix: `Run npm test -- ${path}` }
}

function firstLine(text: string): string {
  return text.trimStart().split('\n')[0] ?? ''
}

/** What the stages found where this test failed: at its interaction or drift, or in the pact that its block is about. */
function findingsAt(test: TestOutcome, { edges, results }: Known): readonly Finding[] {
  return [...results.flatMap((result) => resultFindings(test, result)), ...lintFindings(test, edges)]
}

function resultFindings(test: TestOutcome, result: StageResult): readonly Finding[] {
  if (result.kind === 'load' || result.kind === 'mutation') return []
  if (result.kind === 'survival') return isTrialOf(test, result) ? survivalFindings([result]) : []
  if (!isAbout(test, result)) return []
  switch (result.kind) {
    case 'replay':
      if (!test.blocks.includes(result.edge)) return []
      return result.interactions.flatMap(({ description, findings }) => (description === test.title ? findings : []))
    case 'drift':
      if (!test.blocks.includes(result.edge)) return []
      return driftFindings([result]).filter(({ interaction }) => test.title.endsWith(interaction ?? '\n'))
    case 'scenario':
      return []
    default:
      return result satisfies never
  }
}

/** The test of one fault on an interaction: `creates a conversation › survives: connection reset`. */
function isTrialOf({ file, blocks, title }: TestOutcome, { suite, interaction, fault }: SurvivalResult): boolean {
  return file === suite && blocks.at(-1) === interaction && title === `survives: ${fault}`
}

/** Stages call their outermost block by system and target: `shop/catalogue on live`, `shop with catalogue live`. */
function isAbout({ blocks }: TestOutcome, { system, target }: Readonly<{ system: string; target: string }>): boolean {
  const ends = [` on ${target}`, ` with ${target}`]
  return blocks.some((block) => ends.some((end) => block.endsWith(end)) && new RegExp(`(^| )${system}[/ ]`).test(block))
}

/** A test under an edge's name that is about none of its interactions is about the pact as a whole. */
function lintFindings(test: TestOutcome, edges: readonly EdgeEvidence[]): readonly Finding[] {
  return edges
    .filter(({ system, edge }) => test.blocks.includes(edgeName(edge)) && test.blocks[0]?.startsWith(`${system}/`))
    .flatMap((evidence) => {
      const interactions = evidence.pact.kind === 'read' ? evidence.pact.interactions : []
      return interactions.some(({ description }) => description === test.title) ? [] : pactFindings(evidence)
    })
    .filter(({ severity }) => severity === 'error')
}

/** Scenarios that say of themselves that they failed, where no failed test does. */
function untold(failed: readonly TestOutcome[], results: readonly StageResult[]): readonly Failure[] {
  return results.flatMap((result): Failure[] => {
    if (result.kind !== 'scenario' || result.passed) return []
    if (failed.some((test) => test.title === result.story && isAbout(test, result))) return []
    const file = `scenarios/${result.system}`
    const title = `${result.system} on ${result.target} › ${result.story}`
    const message = `"${title}" failed, and no test says so.`
    return [{ file, titles: [title], message, findings: [testFailed(file, message)] }]
  })
}
