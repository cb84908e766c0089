import { plain } from '../../markdown/md.ts'
import type { SystemGraph } from './data.ts'

/** A system as a Mermaid flowchart, which GitHub draws. Edges that are not verified are dotted and say so. */
export function mermaid({ name, nodes, edges }: SystemGraph): string {
  const ids = new Map(nodes.map((node, index) => [node.name, `n${index}`]))
  const lines = [
    ...nodes.map((node) => `  ${ids.get(node.name)}["${label(node.name)}"]`),
    ...edges.map((edge) => `  ${ids.get(edge.consumer)} ${arrow(edge)} ${ids.get(edge.provider)}`),
  ]
  return ['```mermaid', `%% ${name.replaceAll(/[^\w-]/g, '')}`, 'flowchart LR', ...lines, '```'].join('\n')
}

/** Mermaid takes entities without their ampersand: `#35;`. */
function label(text: string): string {
  return plain(text)
    .replaceAll('&#8203;', '')
    .replaceAll(/&#(\d+);/g, '#$1;')
}

function arrow({ state, interactions }: SystemGraph['edges'][number]): string {
  switch (state) {
    case 'verified':
      return `-->|${interactions}|`
    case 'differs':
      return `-. ${interactions}, differs .->`
    case 'unverified':
      return `-. ${interactions}, not verified .->`
    case 'passes on':
      return '-->'
    default:
      return state satisfies never
  }
}
