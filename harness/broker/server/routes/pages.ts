import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Broker } from '../context.ts'
import { matrixPage } from '../pages/matrix-page.ts'
import { networkPage } from '../pages/network-page.ts'
import { overviewPage } from '../pages/overview-page.ts'
import { diffPage, pactPage } from '../pages/pact-page.ts'
import { page } from '../pages/page.ts'
import { BrokerRefusal } from '../refusal.ts'

/** Pages to look at: each a document by itself, with no script and nothing from elsewhere. */
export function pageRoutes(app: Hono, broker: Broker): void {
  const pages = {
    '/ui': overviewPage,
    '/ui/matrix': matrixPage,
    '/ui/network': networkPage,
    '/ui/pact': pactPage,
    '/ui/diff': diffPage,
  }
  for (const [path, show] of Object.entries(pages)) app.get(path, (c) => orMissing(c, show(broker, c)))
}

/** What is not there is a page too. */
async function orMissing(c: Context, shown: Promise<Response>): Promise<Response> {
  try {
    return await shown
  } catch (error) {
    if (!(error instanceof BrokerRefusal)) throw error
    const { body, headers } = await page(
      c,
      'Not found',
      html`<p>There is no such thing here. <a href="/ui">All pacts</a></p>`,
    )
    return new Response(body, { status: 404, headers })
  }
}
