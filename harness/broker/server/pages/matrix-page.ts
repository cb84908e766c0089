import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Broker } from '../context.ts'
import { askMatrix } from '../matrix/ask-matrix.ts'
import type { MatrixQuery } from '../matrix/matrix-query.ts'
import type { MatrixRow } from '../matrix/rows.ts'
import { whereaboutsOf, type Whereabouts } from '../store/versions.ts'
import { at, page, query, resultWord, type Html } from './page.ts'

const mostRows = 100

/** The matrix of two: which versions were verified with which, the last event first. */
export async function matrixPage({ database }: Broker, c: Context): Promise<Response> {
  const { consumer = '', provider = '' } = c.req.query()
  const question: MatrixQuery = {
    selectors: [{ pacticipant: consumer }, { pacticipant: provider }],
    ignored: [],
    others: undefined,
    latestBy: 'cvpv',
    success: undefined,
    limit: mostRows,
  }
  const { rows } = await askMatrix(database, question)
  const places = await whereaboutsOf(
    database,
    rows.flatMap((row) =>
      row.providerVersionId === null ? [row.consumerVersionId] : [row.consumerVersionId, row.providerVersionId],
    ),
  )
  return page(
    c,
    `${consumer} and ${provider}`,
    html`<p class="muted">${rows.length < mostRows ? `${rows.length} rows` : `The last ${mostRows} rows`}</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${consumer}</th>
              <th>Published</th>
              <th>${provider}</th>
              <th>Result</th>
              <th>Verified</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => rowOf(row, places))}
          </tbody>
        </table>
      </div>`,
  )
}

function rowOf(row: MatrixRow, places: ReadonlyMap<number, Whereabouts>): Html {
  const pact = query({ consumer: row.consumer, provider: row.provider, version: row.consumerVersion })
  return html`<tr>
    <td data-is="${row.consumer}">
      <a href="/ui/pact?${pact}"><code>${row.consumerVersion}</code></a
      ><br />${placesOf(places.get(row.consumerVersionId))}
    </td>
    <td data-is="Published">${at(row.publishedAt)}</td>
    <td data-is="${row.provider}">
      <code>${row.providerVersion ?? '–'}</code><br />${placesOf(places.get(row.providerVersionId ?? -1))}
    </td>
    <td data-is="Result">${resultWord(row.success)}</td>
    <td data-is="Verified">${row.verifiedAt === null ? '' : at(row.verifiedAt)}${buildLink(row.buildUrl)}</td>
  </tr>`
}

/** A build may say of itself that it is anywhere: only web addresses become links. */
function buildLink(url: string | null): Html {
  if (url === null || !/^https?:\/\//.test(url)) return html``
  return html` <a href="${url}" rel="noreferrer">build</a>`
}

function placesOf(places: Whereabouts | undefined): Html {
  if (!places) return html``
  const branches = places.branches.map(({ name, head }) => `${name}${head ? '' : ' (older)'}`)
  const environments = places.environments.map(({ name, displayName }) => `in ${displayName ?? name}`)
  const words = [...branches, ...places.tags.map(({ name }) => `#${name}`), ...environments]
  return html`${words.map((word) => html`<span class="tag">${word}</span>`)}`
}
