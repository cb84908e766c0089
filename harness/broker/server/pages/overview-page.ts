import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Broker } from '../context.ts'
import { integrationsNow, type Integration } from './integrations-of.ts'
import { at, page, query, resultWord, type Html } from './page.ts'

/** All pacts, as they were published last. */
export async function overviewPage({ database }: Broker, c: Context): Promise<Response> {
  const integrations = await integrationsNow(database)
  if (integrations.length === 0)
    return page(
      c,
      'Pacts',
      html`<p>There is no pact yet. Publish some with <code>concordat publish</code>, or any other client.</p>`,
    )
  return page(
    c,
    'Pacts',
    html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Consumer</th>
            <th>Provider</th>
            <th>Last pact</th>
            <th>Last result</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${integrations.map(row)}
        </tbody>
      </table>
    </div>`,
  )
}

function row({ publication, success }: Integration): Html {
  const { consumer, provider, consumerVersion, createdAt } = publication
  const edge = { consumer, provider }
  return html`<tr>
    <td data-is="Consumer">${consumer}</td>
    <td data-is="Provider">${provider}</td>
    <td data-is="Last pact">
      <a href="/ui/pact?${query({ ...edge, version: consumerVersion })}"><code>${consumerVersion}</code></a
      ><br />${at(createdAt)}
    </td>
    <td data-is="Last result">${resultWord(success)}</td>
    <td><a href="/ui/matrix?${query(edge)}">Matrix</a></td>
  </tr>`
}
