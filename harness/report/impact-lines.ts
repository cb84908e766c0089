import { changeId } from '#harness/impact/diff/contract-change.ts'
import type { Judged, JudgedConsumer } from '#harness/impact/judge.ts'
import { placeText } from '#harness/impact/usage/locate.ts'
import { counted } from '#harness/gate/stage-progress.ts'
import { paint } from './paint.ts'

/** What changed in contracts and whom it breaks, for people: breaks first, then what harms nobody. */
export function impactLines(judged: readonly Judged[]): readonly string[] {
  const broken = judged.filter(({ consumers }) => consumers.length > 0)
  const harmless = judged.filter(({ consumers }) => consumers.length === 0)
  return [
    ...broken.flatMap((one) => [headLine(one), ...one.consumers.flatMap(consumerLines), ...unharmedLine(one), '']),
    ...(harmless.length > 0 ? ['harms nobody:', ...harmless.map(harmlessLine), ''] : []),
    countLine(judged),
  ]
}

function headLine({ impact: { change }, consumers }: Judged): string {
  const isBroken = consumers.some(({ verdict }) => verdict.kind === 'broken')
  const mark = isBroken ? paint('red', '✗') : paint('yellow', '!')
  return `${mark} ${change.system}: ${changeId(change)}: ${change.what}`
}

function consumerLines({ consumer, interactions, places, isStill, verdict }: JudgedConsumer): readonly string[] {
  const [first = ''] = interactions
  const more = interactions.length > 1 ? ` and ${interactions.length - 1} more` : ''
  const adapted = isStill ? '' : '; its pact does not use it any more: deploy it first'
  return [
    `    ${verdictWords(verdict)} ${consumer}: "${first}"${more}${adapted}`,
    ...places.map((place) => `        ${placeText(place)}`),
    ...(verdict.kind === 'accepted' ? [`        until ${verdict.by.expires}: ${verdict.by.reason}`] : []),
  ]
}

function verdictWords({ kind }: JudgedConsumer['verdict']): string {
  switch (kind) {
    case 'broken':
      return 'breaks'
    case 'mild':
      return 'may surprise'
    case 'accepted':
      return 'breaks, which is accepted,'
    default:
      return kind satisfies never
  }
}

function unharmedLine({ impact: { unharmed } }: Judged): readonly string[] {
  return unharmed.length > 0 ? [`    does not break ${unharmed.join(', ')}`] : []
}

/** A change that would break who uses what it touches is another thing than one that breaks nobody. */
function harmlessLine({ impact: { change, unharmed } }: Judged): string {
  const text = `  ${change.system}: ${changeId(change)}: ${change.what}`
  if (change.breaks.kind === 'nobody') return text
  const whom = unharmed.length > 0 ? ` (not by ${unharmed.join(', ')})` : ''
  return `${text}; declared, and used by nobody${whom}`
}

function countLine(judged: readonly Judged[]): string {
  const of = (kind: JudgedConsumer['verdict']['kind']): number =>
    judged.flatMap(({ consumers }) => consumers).filter(({ verdict }) => verdict.kind === kind).length
  if (judged.length === 0) return 'no contract means anything else than before'
  return `${counted(judged.length, 'change')}: ${of('broken')} broken, ${of('accepted')} accepted, ${of('mild')} mild`
}
