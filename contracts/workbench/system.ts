import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'
import { system as declareSystem } from '#harness/contract/system.ts'
import { backend } from './backend.ts'

const BindAddress = z.string().regex(/^\S+:\d{1,5}$/, 'has to be host:port')
const Port = z.string().regex(/^\d{1,5}$/, 'has to be a port number')

export const backendEnvironment = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Address of PostgreSQL.'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).describe('Address of Redis.'),
  NFS_MOUNT: z.string().describe('Directory that uploaded files are stored under.'),
  BIND_ADDRESS: BindAddress.describe('Where the backend listens, host:port.'),
  JWT_SECRET: secret(z.string().min(32)).describe('Key that session tokens are signed with, 32 characters at least.'),
  CORS_ORIGINS: z.string().default('http://localhost:4510').describe('Origins whose pages may call, by comma.'),
  RUST_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.'),
  ENVIRONMENT: z
    .enum(['development', 'production'])
    .default('development')
    .describe('Where it runs; in production the session cookie goes over HTTPS only.'),
  MODEL_API_URL: z.url().optional().describe('OpenAI-compatible language model; without it a built-in one answers.'),
  MODEL_API_KEY: secret(z.string()).optional().describe('Key for the language model.'),
}

export const frontendEnvironment = {
  VITE_API_URL: z.url({ protocol: /^https?$/ }).describe('Address of the backend, as the browser sees it.'),
  VITE_WS_URL: z.url({ protocol: /^wss?$/ }).describe('Address of the backend for WebSocket, as the browser sees it.'),
}

export const proxyEnvironment = {
  FRONTEND_PORT: Port.describe('Port of the frontend behind the proxy.'),
  BACKEND_PORT: Port.describe('Port of the backend behind the proxy.'),
}

const portOfUrl = (value: string): string => {
  const url = new URL(value)
  return url.port || (/^(https|wss):$/.test(url.protocol) ? '443' : '80')
}
const portOfAddress = (value: string): string => value.split(':').at(-1) ?? ''
const asIs = (value: string): string => value

export const system = declareSystem('workbench', {
  components: {
    frontend: { port: 4510, environment: frontendEnvironment },
    backend: {
      contract: backend,
      port: 4512,
      environment: backendEnvironment,
      bindVariable: 'BIND_ADDRESS',
      originsVariable: 'CORS_ORIGINS',
      readyPath: '/health',
      stores: {
        database: { kind: 'postgres', variable: 'DATABASE_URL' },
        cache: { kind: 'redis', variable: 'REDIS_URL' },
        storage: { kind: 'directory', variable: 'NFS_MOUNT' },
      },
      defaults: { JWT_SECRET: 'local-development-only-no-secret-at-all' },
    },
    proxy: {
      port: 80,
      environment: proxyEnvironment,
      entry: {
        routes: [
          { path: '/api', to: 'backend' },
          { path: '/ws', to: 'backend' },
          { path: '/health', to: 'backend' },
          { path: '/metrics', to: 'backend' },
          { path: '/', to: 'frontend' },
        ],
      },
    },
  },
  edges: [{ consumer: 'frontend', provider: 'backend', variable: 'VITE_API_URL' }],
  startOrder: ['database', 'cache', 'storage', 'backend', 'frontend', 'proxy'],
  agreements: [
    {
      what: 'the port of the backend',
      between: [
        { component: 'backend', variable: 'BIND_ADDRESS', read: portOfAddress },
        { component: 'frontend', variable: 'VITE_API_URL', read: portOfUrl },
        { component: 'frontend', variable: 'VITE_WS_URL', read: portOfUrl },
        { component: 'proxy', variable: 'BACKEND_PORT', read: asIs },
      ],
    },
    {
      what: 'the host of the backend, as the browser sees it',
      between: [
        { component: 'frontend', variable: 'VITE_API_URL', read: (value) => new URL(value).hostname },
        { component: 'frontend', variable: 'VITE_WS_URL', read: (value) => new URL(value).hostname },
      ],
    },
  ],
})
