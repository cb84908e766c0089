import { whereOf, type PlacedFinding } from '../data/placed-finding.ts'
import type { Report } from '../data/report.ts'
import { workflowCommand } from './commands.ts'

/** GitHub shows so many errors, and so many warnings, of one step, and drops the others in silence. */
const mostOfAKind = 10

/** The longest message; the rest is in the report. */
const longestMessage = 1_000

type Annotation = Readonly<{ kind: 'error' | 'warning'; file: string; line: number; title: string; text: string }>

/**
 * The findings as annotations on source lines, on both sides: where the consumer's test describes the interaction, and where
 * the provider answers it. What is found on one line is one annotation. At most 10 of a kind: first one line for each
 * finding, then the further ones.
 */
export function annotations({ findings }: Report): readonly string[] {
  return (['error', 'warning'] as const).flatMap((kind) =>
    merged(placed(findings, kind)).slice(0, mostOfAKind).map(commandOf),
  )
}

function placed(findings: readonly PlacedFinding[], kind: Annotation['kind']): readonly Annotation[] {
  const own = findings.filter(({ severity, places }) => severity === kind && places.length > 0)
  const sides = Math.max(0, ...own.map(({ places }) => places.length))
  return Array.from({ length: sides }, (_, side) =>
    own.flatMap((finding) => {
      const place = finding.places[side]
      return place ? [annotationOf(finding, { kind, ...place })] : []
    }),
  ).flat()
}

function annotationOf(
  finding: PlacedFinding,
  { kind, file, line }: Pick<Annotation, 'kind' | 'file' | 'line'>,
): Annotation {
  return {
    kind,
    file,
    line,
    title: `Concordat: ${finding.code}`,
    text: `${whereOf(finding)}\n${finding.message} ${finding.fix}`,
  }
}

/** What stands on one line as one annotation. */
function merged(all: readonly Annotation[]): readonly Annotation[] {
  const groups = Map.groupBy(all, ({ file, line, title }) => `${file}:${line} ${title}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, text: [...new Set(group.map(({ text }) => text))].join('\n\n') }] : []
  })
}

function commandOf({ kind, file, line, title, text }: Annotation): string {
  return workflowCommand(kind, { file, line, title }, text.slice(0, longestMessage))
}
