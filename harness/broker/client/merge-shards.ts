import type { Finding } from '#harness/contract/finding.ts'
import { canonical, interactionsOf, isObject, type PactContent } from '../pact/content.ts'
import { mergePacts } from '../pact/merge.ts'
import { titleOf } from '../pact/diff.ts'
import type { FoundPact } from './find-pacts.ts'

/** One pact made of all its parts. */
export type WholePact = Readonly<{
  consumer: string
  provider: string
  content: PactContent
  files: readonly string[]
  interactions: number
}>

/**
 * Puts the parts of each pact together before any of it is published: a broker refuses the second part of a pact that is there. The
 * same interaction with another content in two parts is a finding, where Pact itself keeps the last one.
 */
export function mergeShards(
  found: readonly FoundPact[],
): Readonly<{ pacts: readonly WholePact[]; findings: readonly Finding[] }> {
  const byEdge = Map.groupBy(found, ({ pact }) => `${pact.consumer.name} -> ${pact.provider.name}`)
  const findings = [...byEdge].flatMap(([edge, parts]) => conflictsIn(edge, parts))
  const pacts = [...byEdge.values()].flatMap((parts): WholePact[] => {
    const content = parts.map(({ pact }): PactContent => pact).reduce(mergePacts)
    const [first] = parts
    if (!first) return []
    return [
      {
        consumer: first.pact.consumer.name,
        provider: first.pact.provider.name,
        content,
        files: parts.map(({ file }) => file),
        interactions: interactionsOf(content).length,
      },
    ]
  })
  return { pacts, findings: [...findings, ...pacts.flatMap(emptyFinding)] }
}

function conflictsIn(edge: string, parts: readonly FoundPact[]): readonly Finding[] {
  const seen = new Map<string, { file: string; content: string }>()
  return parts.flatMap(({ file, pact }) =>
    interactionsOf(pact).flatMap((interaction): Finding[] => {
      const key = canonical([
        interaction['description'],
        interaction['providerStates'] ?? interaction['providerState'] ?? [],
      ])
      const content = contentOf(interaction)
      const other = seen.get(key)
      seen.set(key, { file, content })
      if (!other || other.content === content) return []
      return [
        {
          code: 'pact-conflict',
          severity: 'error',
          edge,
          interaction: titleOf(interaction),
          message: `${other.file} and ${file} have it with different content.`,
          fix: 'Give one of them another description or other states.',
        },
      ]
    }),
  )
}

/** Where it was recorded, and what was remarked, is no part of what is promised. */
function contentOf({ comments: _comments, _id, ...interaction }: PactContent): string {
  return canonical(isObject(interaction) ? interaction : {})
}

function emptyFinding({ consumer, provider, files, interactions }: WholePact): readonly Finding[] {
  if (interactions > 0) return []
  return [
    {
      code: 'nothing-to-replay',
      severity: 'error',
      edge: `${consumer} -> ${provider}`,
      message: `${files.join(', ')} has no interaction: a broker would take it, and let everything that has it be deployed.`,
      fix: 'Record it again.',
    },
  ]
}
