import type { AcceptedBreak } from './accepted-breaks.ts'
import { acceptedBreaksPath, isExpired } from './accepted-breaks.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { participantName } from '#harness/project/systems.ts'
import { changeId } from './diff/contract-change.ts'
import type { BrokenConsumer, ChangeImpact } from './impact.ts'
import { placeText, type Locator, type Place } from './usage/locate.ts'

/** A change that means something to a consumer: what is to be said of it. */
export type Judged = Readonly<{
  impact: ChangeImpact
  consumers: readonly JudgedConsumer[]
}>

export type JudgedConsumer = Readonly<{
  consumer: string
  interactions: readonly string[]
  /** Where its tests describe them, and its client reads or sends the field. */
  places: readonly Place[]
  isStill: boolean
  verdict: Readonly<{ kind: 'broken' }> | Readonly<{ kind: 'mild' }> | Readonly<{ kind: 'accepted'; by: AcceptedBreak }>
}>

/** Accepted breaks by system, the day that it is (2027-01-31), and where code is found. */
export type JudgedBy = Readonly<{
  accepted: ReadonlyMap<string, readonly AcceptedBreak[]>
  today: string
  locator: Locator
}>

/** What each change means to each consumer that uses it. */
export function judge(impacts: readonly ChangeImpact[], by: JudgedBy): readonly Judged[] {
  return impacts.map((impact) => ({
    impact,
    consumers: impact.broken.map((broken) => judgeConsumer(broken, impact, by)),
  }))
}

function judgeConsumer(broken: BrokenConsumer, { change }: ChangeImpact, by: JudgedBy): JudgedConsumer {
  const { consumer, uses, isStill } = broken
  const accepted = (by.accepted.get(change.system) ?? []).find(
    (one) => covers(one, changeId(change), consumer) && !isExpired(one, by.today),
  )
  const verdict = accepted
    ? ({ kind: 'accepted', by: accepted } as const)
    : ({ kind: change.isMild ? 'mild' : 'broken' } as const)
  return {
    consumer,
    isStill,
    verdict,
    interactions: uses.map(({ interaction }) => interaction),
    places: placesOf(broken, change.breaks, by.locator),
  }
}

function covers({ what, consumer: only }: AcceptedBreak, id: string, consumer: string): boolean {
  return what === id && (only === undefined || only === consumer)
}

function placesOf(
  { uses }: BrokenConsumer,
  breaks: ChangeImpact['change']['breaks'],
  locator: Locator,
): readonly Place[] {
  const [first] = uses.filter(({ testFile }) => testFile !== undefined)
  if (first?.testFile === undefined) return []
  const field = 'path' in breaks ? breaks.path.findLast((step) => step !== '[]' && step !== '*') : undefined
  const named = field === undefined ? [] : locator.named(first.testFile, field)
  return [locator.recorded(first.testFile, first.interaction), ...named]
}

/** What has to be said as findings: breaks that nobody accepted, and accepted breaks that hold no longer, or match nothing. */
export function impactFindings(
  judged: readonly Judged[],
  by: Pick<JudgedBy, 'accepted' | 'today'>,
): readonly Finding[] {
  return [
    ...judged.flatMap(({ impact, consumers }) => consumers.flatMap((one) => breakFindings(impact, one))),
    ...acceptedFindings(judged, by),
  ]
}

function breakFindings({ change }: ChangeImpact, one: JudgedConsumer): Finding[] {
  if (one.verdict.kind === 'accepted') return []
  const count = one.interactions.length === 1 ? '' : ` and ${one.interactions.length - 1} more`
  const where = one.places.map(placeText).join(', ')
  const since = one.isStill
    ? 'Leave what it uses as it is, or change the consumer first.'
    : 'The consumer is changed along with it: let it be deployed first, and accept the break until then.'
  return [
    {
      code: 'contract-break',
      severity: one.verdict.kind === 'mild' ? 'warning' : 'error',
      edge: `${participantName(change.system, one.consumer)} -> ${participantName(change.system, change.component)}`,
      ...(change.operation !== undefined && { operation: change.operation }),
      ...(one.interactions[0] !== undefined && { interaction: `${one.interactions[0]}${count}` }),
      path: changeId(change),
      message: `It ${change.what}; ${one.consumer} uses it${where === '' ? '' : `: ${where}`}.`,
      fix: since,
    },
  ]
}

function acceptedFindings(
  judged: readonly Judged[],
  { accepted, today }: Pick<JudgedBy, 'accepted' | 'today'>,
): readonly Finding[] {
  return [...accepted].flatMap(([system, breaks]) =>
    breaks.flatMap((one): Finding[] => {
      const matches = judged.some(
        ({ impact: { change }, consumers }) =>
          change.system === system && consumers.some(({ consumer }) => covers(one, changeId(change), consumer)),
      )
      const common = { edge: system, path: acceptedBreaksPath(system) }
      if (isExpired(one, today))
        return [
          {
            ...common,
            code: 'accepted-break-expired',
            severity: 'error',
            message: `"${one.what}" was accepted until ${one.expires}: ${one.reason}.`,
            fix: 'Remove it, or give it another day for a reason that still holds.',
          },
        ]
      if (matches) return []
      return [
        {
          ...common,
          code: 'accepted-break-unused',
          severity: 'warning',
          message: `"${one.what}" is accepted, and nothing that changed is that.`,
          fix: 'Remove it once the change is where everybody is, or correct what it names.',
        },
      ]
    }),
  )
}
