import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { Broker } from '../context.ts'
import { integrationsNow, type Integration } from './integrations-of.ts'
import { layersOf, placesIn, type Place } from './network-layout.ts'
import { page, query, resultWord, type Html } from './page.ts'

/** Who calls whom, as a picture and as a list. */
export async function networkPage({ database }: Broker, c: Context): Promise<Response> {
  const integrations = await integrationsNow(database)
  const edges = integrations.map(({ publication: { consumer, provider } }) => ({ consumer, provider }))
  const { places, width, height } = placesIn(layersOf(edges))
  const list = integrations.map(
    ({ publication: { consumer, provider }, success }) =>
      html`<li>
        ${consumer} → ${provider}: ${resultWord(success)} ·
        <a href="/ui/matrix?${query({ consumer, provider })}">Matrix</a>
      </li>`,
  )
  const picture = html`<svg
    class="graph"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Consumers at the left, their providers to the right"
  >
    ${raw('<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>')}
    ${integrations.map((integration) => arrow(integration, places))} ${[...places.values()].map(box)}
  </svg>`
  return page(
    c,
    'Network',
    integrations.length === 0
      ? html`<p>There is no pact yet.</p>`
      : html`${picture}
          <ul>
            ${list}
          </ul>`,
  )
}

function box({ name, x, y, width, height }: Place): Html {
  return html`<g>
    <rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6"></rect>
    <text x="${x + width / 2}" y="${y + height / 2 + 5}" text-anchor="middle">${name}</text>
  </g>`
}

function arrow({ publication, success }: Integration, places: ReadonlyMap<string, Place>): Html {
  const [from, to] = [places.get(publication.consumer), places.get(publication.provider)]
  if (!from || !to) return html``
  const kind = success === true ? 'good' : success === false ? 'bad' : 'open'
  const title = `${publication.consumer} → ${publication.provider}`
  return html`<g class="${kind}"
    ><title>${title}</title><path d="${pathBetween(from, to)}" marker-end="url(#end)"></path
  ></g>`
}

function pathBetween(from: Place, to: Place): string {
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2]
  if (to.x > from.x) {
    const [x1, x2] = [from.x + from.width, to.x]
    return `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`
  }
  // Back to the left, or to one beside it: below both.
  const [x1, x2, low] = [from.x + from.width / 2, to.x + to.width / 2, Math.max(from.y, to.y) + from.height + 22]
  return `M${x1} ${from.y + from.height} C${x1} ${low} ${x2} ${low} ${x2} ${to.y + to.height}`
}
