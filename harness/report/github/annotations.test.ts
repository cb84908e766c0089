import type { PlacedFinding } from '../data/placed-finding.ts'
import { reportOf } from '../testing/example-report.ts'
import { annotations } from './annotations.ts'

async function annotated(...findings: readonly Partial<PlacedFinding>[]): Promise<readonly string[]> {
  const report = await reportOf()
  const base: PlacedFinding = { code: 'layout', severity: 'error', message: 'It is so.', fix: 'Change it.', places: [] }
  return annotations({ ...report, findings: findings.map((finding) => ({ ...base, ...finding })) })
}

const consumer = { of: 'consumer', file: 'consumers/a.pact.test.ts', line: 3 } as const
const provider = { of: 'provider', file: 'providers/a.ts', line: 30 } as const

test("a finding stands on the consumer's line and on the provider's", async () => {
  expect(
    await annotated({
      edge: 'a -> b',
      interaction: 'reads',
      path: '$.x',
      target: 'live',
      places: [consumer, provider],
    }),
  ).toEqual([
    '::error file=consumers/a.pact.test.ts,line=3,title=Concordat%3A layout::a -> b · reads · $.x · on live%0AIt is so. Change it.',
    '::error file=providers/a.ts,line=30,title=Concordat%3A layout::a -> b · reads · $.x · on live%0AIt is so. Change it.',
  ])
})

test('of each kind there are ten at most, those of the consumers first', async () => {
  const many = Array.from({ length: 8 }, (_, index) => ({
    places: [
      { ...consumer, line: index + 1 },
      { ...provider, line: index + 1 },
    ],
  }))
  const lines = await annotated(...many, ...many.map((finding) => ({ ...finding, severity: 'warning' as const })))
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10)
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10)
  expect(lines.slice(0, 8).every((line) => line.includes('consumers/'))).toBe(true)
})

test('what is found on one line is one annotation', async () => {
  const lines = await annotated({ message: 'One.', places: [provider] }, { message: 'Two.', places: [provider] })
  expect(lines).toEqual([expect.stringMatching(/One\. Change it\.%0A%0A.*Two\. Change it\.$/)])
})

test('nobody can end an annotation, or begin a command of its own', async () => {
  const file = 'a,line=1::b.ts'
  const [line] = await annotated({ message: '100%\r\n::add-mask::x', places: [{ of: 'file', file, line: 1 }] })
  expect(line).toBe(
    '::error file=a%2Cline=1%3A%3Ab.ts,line=1,title=Concordat%3A layout::%0A100%25%0D%0A::add-mask::x Change it.',
  )
})

test('a finding of no place is in the report alone', async () => {
  expect(await annotated({})).toEqual([])
})
