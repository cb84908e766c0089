import { client, type Client } from '#harness/client/client.ts'
import { CallError, ReplyError } from '#harness/client/errors.ts'
import { control } from '#harness/control/contract.ts'
import type { StackView } from '#harness/control/types.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import type { SeenCall } from './seen-call.ts'

/** What a running stack has seen of calls to one provider. */
export type SeenTraffic = Readonly<{
  system: string
  calls: readonly SeenCall[]
  /** How many more there were than are kept. */
  dropped: number
}>

/** The control API of a stack does not answer. */
export class ControlUnreachable extends Error {
  override readonly name = 'ControlUnreachable'
}

/** As many exchanges as the control API keeps. */
const most = 1000
/** How many are asked for at a time. */
const atOnce = 16

/**
 * Asks a running stack for the calls that it saw to a provider.
 * @param address what `concordat up` prints: `http://127.0.0.1:4400/#token`
 * @throws UsageError for an address without its token, or a token that is refused; ControlUnreachable.
 */
export async function callsOfControl(address: string, provider: string): Promise<SeenTraffic> {
  const { baseUrl, token } = readAddress(address)
  const api = client(control, { baseUrl, credentials: { kind: 'bearer', token: () => token }, retries: 1 })
  try {
    const { body: stack } = await api.getStack()
    const { exchanges, dropped } = (await api.listExchanges({ query: { provider, limit: most } })).body
    const ids = exchanges.map(({ id }) => id)
    return { system: stack.system, calls: await detailsOf(api, ids, stack.established), dropped }
  } catch (error) {
    throw explained(error, baseUrl)
  }
}

async function detailsOf(
  api: Client<typeof control>,
  ids: readonly number[],
  states: StackView['established'],
): Promise<readonly SeenCall[]> {
  const calls: SeenCall[] = []
  for (let start = 0; start < ids.length; start += atOnce) {
    const details = ids.slice(start, start + atOnce).map(async (id) => (await api.getExchange({ params: { id } })).body)
    for (const detail of await Promise.all(details)) {
      const established = states.filter(
        (state) => state.component === detail.provider && Date.parse(state.at) <= Date.parse(detail.at),
      )
      calls.push({ ...detail, established })
    }
  }
  return calls
}

function readAddress(address: string): { baseUrl: string; token: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const token = url?.hash.slice(1) ?? ''
  if (!url || !/^https?:$/.test(url.protocol) || token === '')
    throw new UsageError(
      '--control needs the address that "concordat up" prints, with the token behind "#": http://127.0.0.1:4400/#token.',
    )
  return { baseUrl: url.origin, token }
}

function explained(error: unknown, baseUrl: string): unknown {
  if (error instanceof ReplyError && error.status === 401)
    return new UsageError(
      `${baseUrl} refuses the token: the stack was started anew. Take the address that it printed last.`,
    )
  if (!(error instanceof CallError)) return error
  return new ControlUnreachable(
    `no control API answers at ${baseUrl}: ${error.message} Is "concordat up" still running?`,
  )
}
