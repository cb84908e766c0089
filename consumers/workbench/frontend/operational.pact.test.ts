import { backend } from '#contracts/workbench/backend.ts'
import { exactly, matching } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { anonymous } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)

frontend.records(
  'shows that all stores answer',
  {
    given: [backend.states.allHealthy()],
    call: backend.health(),
    reply: {
      status: 200,
      body: {
        database: exactly('healthy' as const),
        cache: exactly('healthy' as const),
        storage: exactly('healthy' as const),
      },
    },
  },
  async (api) => {
    expect(await anonymous(api).health()).toEqual({ database: 'healthy', cache: 'healthy', storage: 'healthy' })
  },
)

frontend.records(
  'shows which store does not answer',
  {
    given: [backend.states.storeDown({ store: 'cache' })],
    call: backend.health(),
    reply: {
      status: 503,
      body: {
        database: exactly('healthy' as const),
        cache: exactly('unhealthy' as const),
        storage: exactly('healthy' as const),
      },
    },
  },
  async (api) => {
    expect(await anonymous(api).health()).toEqual({ database: 'healthy', cache: 'unhealthy', storage: 'healthy' })
  },
)

const metrics = '# HELP frontend_requests Requests that came in.\n# TYPE frontend_requests counter\n'

frontend.records(
  'shows how many requests came in',
  {
    call: backend.metrics(),
    reply: { status: 200, body: matching('^[\\s\\S]*# TYPE frontend_requests counter[\\s\\S]*$', metrics) },
  },
  async (api) => {
    expect(await anonymous(api).metrics()).toBe(metrics)
  },
)
