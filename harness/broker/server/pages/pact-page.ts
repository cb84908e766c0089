import type { Context } from 'hono'
import { html } from 'hono/html'
import { diffPacts, titleOf } from '../../pact/diff.ts'
import { interactionsOf, sorted, type PactContent } from '../../pact/content.ts'
import type { Broker } from '../context.ts'
import { orNotFound } from '../refusal.ts'
import type { Sql } from '../store/database.ts'
import { contentText, findPublication, previousDistinct, type Publication } from '../store/publications.ts'
import { latestVerification } from '../store/verifications.ts'
import { at, page, query, resultWord, type Html } from './page.ts'

/** A pact, interaction by interaction, with what came of it. */
export async function pactPage({ database }: Broker, c: Context): Promise<Response> {
  const publication = await publicationOf(database, c)
  const { consumer, provider, consumerVersion, createdAt } = publication
  const result = await latestVerification(database, publication.contentId)
  const previous = await previousDistinct(database, publication)
  const edge = { consumer, provider }
  const diff = html`<a href="/ui/diff?${query({ ...edge, version: consumerVersion })}"
    >What changed since ${previous?.consumerVersion ?? ''}</a
  >`
  return page(
    c,
    `${consumer} → ${provider}`,
    html`<p>
        Version <code>${consumerVersion}</code>, published ${at(createdAt)}: ${resultWord(result?.success)}
        ${result ? html`by <code>${result.providerVersion}</code>` : ''}
      </p>
      <p><a href="/ui/matrix?${query(edge)}">Matrix</a>${previous ? html` · ${diff}` : ''}</p>
      ${interactionsOf(await contentOf(database, publication)).map(interactionPart)}`,
  )
}

/** What differs between a pact and the last one before it that was another. */
export async function diffPage({ database }: Broker, c: Context): Promise<Response> {
  const publication = await publicationOf(database, c)
  const previous = orNotFound(await previousDistinct(database, publication))
  const lines = diffPacts(await contentOf(database, previous), await contentOf(database, publication))
  const shown = lines.map((line) => {
    const kind = line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : line.startsWith('~') ? 'open' : ''
    return html`<span class="${kind}">${line}</span>`
  })
  return page(
    c,
    `${publication.consumer} → ${publication.provider}: what changed`,
    html`<p>
        From <code>${previous.consumerVersion}</code> to <code>${publication.consumerVersion}</code>. + came, − went, ~
        changed.
      </p>
      <pre class="lines">${shown}</pre>`,
  )
}

async function publicationOf(sql: Sql, c: Context): Promise<Publication> {
  const { consumer = '', provider = '', version } = c.req.query()
  return orNotFound(await findPublication(sql, { consumer, provider }, { version }))
}

async function contentOf(sql: Sql, { contentId }: Publication): Promise<PactContent> {
  return JSON.parse(await contentText(sql, contentId)) as PactContent
}

function interactionPart(interaction: PactContent): Html {
  const { description: _told, _id, comments: _comments, ...rest } = interaction
  return html`<details>
    <summary>${titleOf(interaction)}</summary>
    <pre>${JSON.stringify(sorted(rest), null, 2)}</pre>
  </details>`
}
