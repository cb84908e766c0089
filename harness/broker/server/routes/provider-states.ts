import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { canonical, interactionsOf, isObject, type PactContent } from '../../pact/content.ts'
import { orNotFound } from '../refusal.ts'
import { findEnvironment } from '../store/environments.ts'
import { findPacticipant } from '../store/pacticipants.ts'
import { contentText } from '../store/publications.ts'
import { selectPacts } from '../verify/select-pacts.ts'
import type { ConsumerSelector } from '../verify/selector.ts'

type State = Readonly<{ name: string; params?: unknown; consumers: readonly string[] }>

const path = '/pacts/provider/:provider/provider-states'

/** The states that consumers rely on. */
export function providerStateRoutes(app: Hono, broker: Broker): void {
  const answer = async (c: Context, selector: ConsumerSelector): Promise<Response> => {
    const { name } = orNotFound(await findPacticipant(broker.database, param(c, 'provider')))
    const providerStates = await statesOf(broker, name, selector)
    return hal(c, { providerStates, _links: { self: { href: `${urlsFor(broker, c).base}${c.req.path}` } } })
  }
  app.get(path, (c) => answer(c, { mainBranch: true }))
  app.get(`${path}/branch/:branch`, (c) => answer(c, { branch: param(c, 'branch') }))
  app.get(`${path}/environment/:uuid`, async (c) => {
    const environment = orNotFound(await findEnvironment(broker.database, { uuid: param(c, 'uuid') }))
    return answer(c, { environment: environment.name })
  })
}

async function statesOf({ database }: Broker, provider: string, selector: ConsumerSelector): Promise<readonly State[]> {
  const states = new Map<string, { name: string; params?: unknown; consumers: Set<string> }>()
  for (const { publication } of await selectPacts(database, { provider, selector, providerBranch: undefined })) {
    const pact = JSON.parse(await contentText(database, publication.contentId)) as PactContent
    for (const { name, params } of interactionsOf(pact).flatMap(statesIn)) {
      const key = canonical([name, params])
      const state = states.get(key) ?? { name, ...(params !== undefined && { params }), consumers: new Set<string>() }
      state.consumers.add(publication.consumer)
      states.set(key, state)
    }
  }
  return [...states.values()]
    .map((state) => ({ ...state, consumers: [...state.consumers].toSorted() }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function statesIn(interaction: PactContent): readonly { name: string; params?: unknown }[] {
  const { providerStates, providerState } = interaction
  if (typeof providerState === 'string' && providerState !== '') return [{ name: providerState }]
  if (!Array.isArray(providerStates)) return []
  return providerStates.flatMap((state: unknown) =>
    isObject(state) && typeof state['name'] === 'string'
      ? [{ name: state['name'], ...(state['params'] !== undefined && { params: state['params'] }) }]
      : [],
  )
}
