import { counted } from '#harness/gate/stage-progress.ts'
import type { Report } from './report.ts'

/** The verdict as a heading. */
export function verdictWord({ verdict }: Report): string {
  return `${verdict[0]?.toUpperCase()}${verdict.slice(1)}`
}

/** The verdict in a sentence. */
export function verdictSentence({ verdict, figures, findings }: Report): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const places = ['live', 'mock', ...figures.alsoReplayed.map(({ target }) => target)]
  const on = new Intl.ListFormat('en-GB').format(places)
  const edges = counted(figures.edges, 'edge')
  switch (verdict) {
    case 'green':
      return `${counted(figures.recorded, 'interaction')} of ${edges} were recorded, and hold on ${on}.`
    case 'red':
      return `${counted(errors, 'finding')} in ${counted(figures.recorded, 'interaction')} of ${edges}.`
    case 'nothing verified':
      return `There is no interaction to replay: ${edges}, ${counted(errors, 'finding')}.`
    default:
      return verdict satisfies never
  }
}
