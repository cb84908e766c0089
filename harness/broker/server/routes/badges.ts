import type { Context, Hono } from 'hono'
import { badgeSvg, type Badge } from '../badges/svg.ts'
import { initialsOf, statusOf } from '../badges/pact-badge.ts'
import { param, type Broker } from '../context.ts'
import { askMatrix } from '../matrix/ask-matrix.ts'
import type { MatrixQuery } from '../matrix/matrix-query.ts'
import { BrokerRefusal } from '../refusal.ts'
import { findPublication, type PublicationPlace } from '../store/publications.ts'
import { branchToEnvironment, mergeQuery } from './matrix.ts'

const pair = '/pacts/provider/:provider/consumer/:consumer'

/** Badges, drawn here rather than asked for elsewhere. Each has an address with and without `.svg`. */
export function badgeRoutes(app: Hono, broker: Broker): void {
  const pactBadge = async (c: Context, place: PublicationPlace): Promise<Response> => {
    const edge = { consumer: param(c, 'consumer'), provider: param(c, 'provider') }
    const publication = await findPublication(broker.database, edge, place)
    const name = (text: string): string => (c.req.query('initials') === 'true' ? initialsOf(text) : text.toLowerCase())
    const { consumer, provider } = { consumer: name(edge.consumer), provider: name(edge.provider) }
    const title = { consumer, provider }[(c.req.query('label') ?? '').toLowerCase()] ?? `${consumer}/${provider}`
    if (!publication) return svg(c, { label: 'pact not found', status: 'unknown', colour: 'grey' })
    return svg(c, { label: `${title} pact`, ...(await statusOf(broker.database, publication)) })
  }
  for (const end of ['badge', 'badge.svg']) {
    app.get(`${pair}/latest/${end}`, (c) => pactBadge(c, {}))
    app.get(`${pair}/latest/:tag/${end}`, (c) => pactBadge(c, { tag: param(c, 'tag') }))
    app.get(`${pair}/branch/:branch/latest/${end}`, (c) => pactBadge(c, { branch: param(c, 'branch') }))
    app.get(
      `/pacticipants/:pacticipant/branches/:branch/latest-version/can-i-deploy/to-environment/:environment/${end}`,
      (c) =>
        questionBadge(broker, c, {
          query: branchToEnvironment(c),
          label: c.req.query('label') ?? 'can-i-deploy',
          status: `${param(c, 'branch')} to ${param(c, 'environment')}`,
        }),
    )
    app.get(`/pacticipants/:pacticipant/main-branch/can-i-merge/${end}`, (c) =>
      questionBadge(broker, c, {
        query: mergeQuery(param(c, 'pacticipant')),
        label: c.req.query('label') ?? 'can-i-merge',
      }),
    )
    app.get(`/matrix/provider/:provider/latest/:providerTag/consumer/:consumer/latest/:tag/${end}`, (c) =>
      matrixBadge(broker, c),
    )
  }
}

type Question = Readonly<{ query: MatrixQuery; label: string; status?: string }>

async function questionBadge({ database }: Broker, c: Context, { query, label, status }: Question): Promise<Response> {
  try {
    const { deployable } = (await askMatrix(database, query)).summary
    const colour = deployable === true ? 'green' : deployable === false ? 'red' : 'grey'
    const word = deployable === true ? 'yes' : deployable === false ? 'no' : 'unknown'
    return svg(c, {
      label,
      status: status === undefined ? word : deployable === null ? `${status} unknown` : status,
      colour,
    })
  } catch (error) {
    // A badge on a page has no other way to say that there is no such thing.
    if (error instanceof BrokerRefusal) return svg(c, { label, status: 'not found', colour: 'grey' })
    throw error
  }
}

function matrixBadge(broker: Broker, c: Context): Promise<Response> {
  const [consumer, provider] = [param(c, 'consumer'), param(c, 'provider')]
  const selectors = [
    { pacticipant: consumer, tag: param(c, 'tag'), latest: true },
    { pacticipant: provider, tag: param(c, 'providerTag'), latest: true },
  ] as const
  const query = {
    selectors,
    ignored: [],
    others: undefined,
    latestBy: 'cvpv',
    success: undefined,
    limit: undefined,
  } as const
  return questionBadge(broker, c, { query, label: `${consumer}/${provider}`.toLowerCase() })
}

function svg(c: Context, badge: Badge): Response {
  return c.body(badgeSvg(badge), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' })
}
