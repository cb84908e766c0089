import { Hono } from 'hono'
import { requireAuth, requireLoopbackName } from './auth.ts'
import { limitBodies } from './body-limit.ts'
import type { Broker } from './context.ts'
import { BrokerRefusal } from './refusal.ts'
import { badgeRoutes } from './routes/badges.ts'
import { branchRoutes, tagRoutes } from './routes/branches-and-tags.ts'
import { deploymentRoutes } from './routes/deployments.ts'
import { environmentRoutes } from './routes/environments.ts'
import { healthRoutes } from './routes/health.ts'
import { indexRoutes } from './routes/index.ts'
import { integrationRoutes } from './routes/integrations.ts'
import { matrixRoutes } from './routes/matrix.ts'
import { pacticipantRoutes } from './routes/pacticipants.ts'
import { pactRoutes } from './routes/pacts.ts'
import { providerPactRoutes } from './routes/provider-pacts.ts'
import { providerStateRoutes } from './routes/provider-states.ts'
import { pageRoutes } from './routes/pages.ts'
import { publishRoutes } from './routes/publish.ts'
import { verificationRoutes } from './routes/verification-results.ts'
import { versionRoutes } from './routes/versions.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** The version of the Pact Broker whose HTTP API this is a part of. */
export const brokerVersion = '2.120'

/** More than any pact of ours; base64 makes a third more of it. */
const largestBody = 50 * 1024 * 1024

const routes = [
  indexRoutes,
  pageRoutes,
  badgeRoutes,
  publishRoutes,
  pactRoutes,
  providerPactRoutes,
  providerStateRoutes,
  verificationRoutes,
  matrixRoutes,
  versionRoutes,
  branchRoutes,
  tagRoutes,
  deploymentRoutes,
  environmentRoutes,
  webhookRoutes,
  integrationRoutes,
  healthRoutes,
  pacticipantRoutes,
]

/** The broker as a function from request to response. */
export function brokerApp(broker: Broker, onError: (error: Error) => void = () => undefined): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('X-Pact-Broker-Version', brokerVersion)
    c.header('x-content-type-options', 'nosniff')
  })
  if (broker.settings.auth.kind === 'none') app.use(requireLoopbackName())
  else app.use(requireAuth(broker.settings.auth))
  app.use(limitBodies(largestBody))
  for (const add of routes) add(app, broker)
  app.notFound((c) => c.json({ error: 'The requested document was not found on this server.' }, 404))
  app.onError((error, c) => {
    if (error instanceof BrokerRefusal) return c.json(error.body, error.status)
    onError(error)
    return c.json({ error: { message: 'The broker failed. Look at what it says.' } }, 500)
  })
  return app
}
