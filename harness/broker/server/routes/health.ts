import type { Hono } from 'hono'
import { urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'

/** Whether the broker is up, and what it needs too. */
export function healthRoutes(app: Hono, broker: Broker): void {
  app.get('/diagnostic/status/heartbeat', (c) =>
    hal(c, { ok: true, _links: { self: { href: `${urlsFor(broker, c).base}${c.req.path}` } } }),
  )
  app.get('/diagnostic/status/dependencies', async (c) => {
    const ok = await broker.database.rows('select 1').then(
      () => true,
      () => false,
    )
    return hal(
      c,
      { database: { ok }, _links: { self: { href: `${urlsFor(broker, c).base}${c.req.path}` } } },
      ok ? 200 : 500,
    )
  })
}
