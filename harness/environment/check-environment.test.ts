import { parseEnv } from 'node:util'
import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'
import type { System } from '#harness/contract/system.ts'
import { checkEnvironment, type Variables } from './check-environment.ts'

const portOfUrl = (value: string): string => new URL(value).port
const hostOfUrl = (value: string): string => new URL(value).hostname

const workbench: System = {
  name: 'workbench',
  components: {
    backend: {
      port: 4512,
      environment: {
        DATABASE_URL: z.url().describe('Address of PostgreSQL.'),
        BIND_ADDRESS: z
          .string()
          .regex(/^\S+:\d+$/, 'has to be host:port')
          .describe('Where it listens.'),
        JWT_SECRET: secret(z.string().min(32)).describe('Key of the session tokens.'),
        RUST_LOG: z.enum(['debug', 'info']).default('info'),
        CORS_ORIGINS: z.string().default('http://localhost:4510'),
        MODEL_API_URL: z.url().optional(),
      },
    },
    worker: {
      port: 4513,
      environment: { DATABASE_URL: z.url().describe('Address of PostgreSQL.'), WORKER_SECRET: secret(z.string()) },
    },
    frontend: { port: 4510, environment: { VITE_API_URL: z.url(), VITE_WS_URL: z.url() } },
    proxy: { port: 80, environment: { FRONTEND_PORT: z.string(), BACKEND_PORT: z.string() } },
  },
  edges: [],
  startOrder: [],
  agreements: [
    {
      what: 'the port of the backend',
      between: [
        { component: 'backend', variable: 'BIND_ADDRESS', read: (value) => value.split(':').at(-1) ?? '' },
        { component: 'frontend', variable: 'VITE_API_URL', read: portOfUrl },
        { component: 'frontend', variable: 'VITE_WS_URL', read: portOfUrl },
        { component: 'proxy', variable: 'BACKEND_PORT', read: (value) => value },
      ],
    },
    {
      what: 'the port of the frontend',
      between: [
        { component: 'proxy', variable: 'FRONTEND_PORT', read: (value) => value },
        { component: 'backend', variable: 'CORS_ORIGINS', read: portOfUrl },
      ],
    },
    {
      what: 'the host of the backend',
      between: [
        { component: 'frontend', variable: 'VITE_API_URL', read: hostOfUrl },
        { component: 'frontend', variable: 'VITE_WS_URL', read: hostOfUrl },
      ],
    },
    {
      what: 'the shared key',
      between: [
        { component: 'backend', variable: 'JWT_SECRET', read: (value) => value },
        { component: 'worker', variable: 'WORKER_SECRET', read: (value) => value },
      ],
    },
  ],
}

const key = 'a-key-of-thirty-two-characters-0'

const whole: Variables = parseEnv(`
# Shared configuration
DATABASE_URL=postgresql://workbench:pass@127.0.0.1/workbench
# Backend specific
BIND_ADDRESS=0.0.0.0:4512
RUST_LOG=info
JWT_SECRET=${key}
WORKER_SECRET=${key}
# Frontend specific
VITE_API_URL=http://localhost:4512
VITE_WS_URL=ws://localhost:4512
FRONTEND_PORT=4510
BACKEND_PORT=4512
`)

function found(changes: Variables): readonly string[] {
  return checkEnvironment(workbench, { ...whole, ...changes }).map(
    ({ code, path, message }) => `${code} ${path}: ${message}`,
  )
}

test('a file with all variables, in agreement, has no finding', () => {
  expect(found({})).toEqual([])
})

test('optional variables and those with a default may be left out', () => {
  expect(found({ RUST_LOG: undefined, CORS_ORIGINS: undefined, MODEL_API_URL: undefined })).toEqual([])
})

test('a missing variable is reported once, however many components need it; empty is missing', () => {
  const expected = ['environment-missing DATABASE_URL: backend needs it: Address of PostgreSQL.']
  expect(found({ DATABASE_URL: undefined })).toEqual(expected)
  expect(found({ DATABASE_URL: '' })).toEqual(expected)
})

test('a malformed variable is reported, and left out of the comparison', () => {
  expect(found({ BIND_ADDRESS: 'port 4512' })).toEqual([
    'environment-malformed BIND_ADDRESS: backend needs it: has to be host:port.',
  ])
  expect(found({ RUST_LOG: 'loud' })).toEqual([expect.stringMatching(/^environment-malformed RUST_LOG: /)])
})

test('a backend that listens elsewhere than its callers think is a contradiction, at the variable that stands alone', () => {
  expect(found({ BIND_ADDRESS: '0.0.0.0:8080' })).toEqual([
    'environment-contradiction BIND_ADDRESS: the port of the backend: BIND_ADDRESS says 8080, VITE_API_URL says 4512, VITE_WS_URL says 4512, BACKEND_PORT says 4512.',
  ])
  expect(found({ VITE_WS_URL: 'ws://localhost:8080' })).toEqual([
    expect.stringMatching(/^environment-contradiction VITE_WS_URL: the port of the backend/),
  ])
})

test('where two against two disagree, the first of the agreement counts as right', () => {
  expect(found({ VITE_API_URL: 'http://localhost:8080', VITE_WS_URL: 'ws://localhost:8080' })).toEqual([
    expect.stringMatching(/^environment-contradiction VITE_API_URL: /),
  ])
})

test('which number is higher does not matter to that', () => {
  expect(found({ VITE_API_URL: 'http://localhost:3000', VITE_WS_URL: 'ws://localhost:3000' })).toEqual([
    expect.stringMatching(/^environment-contradiction VITE_API_URL: /),
  ])
})

test('several agreements may be broken at once', () => {
  expect(found({ VITE_WS_URL: 'ws://chat.example:8080' })).toEqual([
    expect.stringMatching(/^environment-contradiction VITE_WS_URL: the port of the backend/),
    expect.stringMatching(/^environment-contradiction VITE_WS_URL: the host of the backend/),
  ])
})

test('a default takes part where its variable is not set', () => {
  expect(found({ FRONTEND_PORT: '3000' })).toEqual([
    'environment-contradiction CORS_ORIGINS: the port of the frontend: FRONTEND_PORT says 3000, CORS_ORIGINS says 4510 (its default).',
  ])
})

test('a value that cannot be read is left out of the comparison', () => {
  expect(found({ CORS_ORIGINS: 'any', FRONTEND_PORT: '3000' })).toEqual([])
})

test('no message holds the value of a secret', () => {
  const messages = [...found({ JWT_SECRET: 'too-short' }), ...found({ WORKER_SECRET: 'another-key' })].join('\n')
  expect(messages).toContain('environment-malformed JWT_SECRET')
  expect(messages).toContain('environment-contradiction WORKER_SECRET')
  expect(messages).not.toContain('too-short')
  expect(messages).not.toContain('another-key')
  expect(messages).not.toContain(key)
})

test('no message holds a value that has to agree with a secret, also where it is not declared as one', () => {
  const { worker } = workbench.components
  const careless: System = {
    ...workbench,
    components: { ...workbench.components, worker: { ...worker!, environment: { WORKER_SECRET: z.string() } } },
  }
  const messages = checkEnvironment(careless, { ...whole, WORKER_SECRET: 'key-of-yesterday' }).map(
    ({ message }) => message,
  )
  expect(messages).toEqual([
    'the shared key: JWT_SECRET says something else (a secret, not shown), WORKER_SECRET says something else (a secret, not shown).',
  ])
})
