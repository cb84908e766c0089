import { z } from 'zod'
import { bytes } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system } from '#harness/contract/system.ts'
import { entryConfig, pagesConfig } from './entry-config.ts'

const photos = bytes({ mediaTypes: ['image/*'], maxBytes: 2_500_000 })
const stock = contract('shop-stock', {
  errors: problem,
  requestIdHeader: 'X-Correlation-Id',
  operations: {
    addPhoto: http.post('/api/photos', { body: photos, replies: { 201: z.object({}) } }),
    watch: sse.get('/api/changes', { events: { change: z.object({}) }, order: 'change*' }),
    talk: ws.channel('/talk', { send: {}, receive: {} }),
  },
})
const shop = system('shop', {
  components: {
    stock: { contract: stock, port: 7002, environment: {} },
    pages: { port: 7003, environment: {} },
    door: {
      port: 8080,
      environment: {},
      entry: {
        routes: [
          { path: '/api', to: 'stock' },
          { path: '/talk', to: 'stock' },
          { path: '/', to: 'pages' },
        ],
      },
    },
  },
  edges: [],
  startOrder: ['stock', 'pages', 'door'],
  agreements: [],
})
const config = entryConfig(shop, 'door')

test('an entry listens where people know it, and passes requests on to where components listen', () => {
  expect(config).toContain('listen 8080;')
  expect(config).toMatch(/location \/api\/ \{\n +proxy_pass http:\/\/stock:7002;\n/)
  expect(config).toMatch(/location \/ \{\n +proxy_pass http:\/\/pages:7003;\n/)
})

test('events go on when they come, and may be far apart', () => {
  const [, block = ''] = /location = \/api\/changes \{([^}]*)\}/.exec(config) ?? []
  expect(block).toContain('proxy_buffering off;')
  expect(block).toContain('proxy_read_timeout 1h;')
  expect(/location \/api\/ \{([^}]*)\}/.exec(config)?.[1]).not.toContain('proxy_buffering')
})

test('a connection may become a WebSocket', () => {
  expect(config).toContain('proxy_set_header Upgrade $upgrade_to;')
  expect(config).toMatch(/map \$http_upgrade \$connection_to \{\n +default '';\n +websocket upgrade;\n\}/)
  expect(config).toContain('location = /talk {')
})

test('a body may be larger than the largest that a contract takes, so that the provider refuses it', () => {
  expect(config).toContain('client_max_body_size 4m;')
})

test('a request keeps its id under the name that the contract gives it, and gets one where it has none', () => {
  expect(config).toContain('proxy_set_header x-correlation-id $known_by_x_correlation_id;')
  expect(config).toMatch(/default \$http_x_correlation_id;\n +'' \$request_id;/)
})

test('neither queries nor cookies are logged', () => {
  const [format = ''] = /log_format .*;/.exec(config) ?? []
  expect(format).toMatch(/\$request_method \$uri/)
  expect(format).not.toMatch(/\$request"|\$args|\$request_uri|cookie|authorization/)
})

test('pages are served at their port; paths that are no file are their own, missing assets are missing', () => {
  expect(pagesConfig(7003)).toContain('listen 7003;')
  expect(pagesConfig(7003)).toContain('try_files $uri /index.html;')
  expect(pagesConfig(7003)).toMatch(/location \/assets\/ \{[^}]*=404;/)
})
