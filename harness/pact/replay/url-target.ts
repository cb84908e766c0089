import { jsonOr } from '#harness/contract/json.ts'
import type { Target } from './target.ts'

/**
 * A service that somebody else runs, as a target. States are set up by Pact's own protocol: a POST of
 * `{ state, params, action: "setup" }` to the state-change URL, which answers with the values that the state provides.
 */
export function urlTarget(baseUrl: string, statesUrl: string | undefined): Target {
  const active: { state: string; params: unknown }[] = []
  async function post(
    action: 'setup' | 'teardown',
    { state, params }: { state: string; params: unknown },
  ): Promise<unknown> {
    if (statesUrl === undefined) throw new Error('the target has no state-change URL. Give one with --states-url')
    const reply = await fetch(statesUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state, params, action }),
      signal: AbortSignal.timeout(10_000),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${statesUrl} answered ${reply.status}: ${text.slice(0, 200)}`)
    return jsonOr(text, undefined)
  }
  return {
    name: baseUrl,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    states: undefined,
    async setUp(state, params) {
      active.push({ state, params })
      const values = await post('setup', { state, params })
      return typeof values === 'object' && values !== null ? (values as Readonly<Record<string, unknown>>) : {}
    },
    async reset() {
      for (const use of active.splice(0)) await post('teardown', use)
    },
    evidence: () => [],
    async [Symbol.asyncDispose]() {
      for (const use of active.splice(0)) await post('teardown', use).catch(() => undefined)
    },
  }
}
