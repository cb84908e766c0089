import type { HttpPactInteraction, PactFile } from '#harness/pact/file/pact-file.ts'
import { pathMatcher } from '#harness/serve/routes.ts'

/** Which recorded replies come into question. */
export type Wanted = Readonly<{ method: string; path: string; statuses: readonly number[] }>

/** Of the recorded replies that are wanted, that of the request most like this one; a success where several are alike. */
export function bestExample(
  { method, path, statuses }: Wanted,
  url: URL,
  pacts: readonly PactFile[],
): HttpPactInteraction | undefined {
  const match = pathMatcher(path)
  return pacts
    .flatMap((pact) => pact.interactions)
    .filter((interaction): interaction is HttpPactInteraction => interaction.type === 'Synchronous/HTTP')
    .filter(({ request }) => request.method === method && match(request.path) !== undefined)
    .filter(({ response }) => statuses.includes(response.status))
    .map((interaction) => ({ interaction, score: likeness(interaction, url) }))
    .toSorted((a, b) => b.score - a.score || a.interaction.response.status - b.interaction.response.status)[0]
    ?.interaction
}

function likeness({ request, response }: HttpPactInteraction, url: URL): number {
  const query = Object.entries(request.query ?? {}).map(([name, values]) =>
    values.join() === url.searchParams.getAll(name).join() ? 1 : -1,
  )
  const sameQuery = query.reduce<number>((sum, each) => sum + each, 0)
  return (request.path === url.pathname ? 4 : 0) + sameQuery + (response.status < 300 ? 2 : 0)
}
