import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'

const BindAddress = z.string().regex(/^\S+:\d{1,5}$/, 'has to be host:port')
const HttpUrl = z.url({ protocol: /^https?$/ })
const Seconds = z.coerce.number().positive()
const LogLevel = z.enum(['silent', 'debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.')

const TokenKeys = secret(z.string().regex(/^[\w-]+=[^,]{32,}(,\s*[\w-]+=[^,]{32,})*$/, 'has to be id=secret, by comma'))
const tokenKeys = {
  JWT_KEYS: TokenKeys.describe('Keys that tokens are signed with, id=secret by comma; the first signs, all verify.'),
}
const PrivateKey = secret(z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'has to be 32 bytes in base58'))

export const coordinatorEnvironment = {
  ...tokenKeys,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Address of PostgreSQL.'),
  COORDINATOR_BIND: BindAddress.describe('Where the coordinator listens, host:port.'),
  NODE_KEYS: z
    .string()
    .regex(/^[\w-]+=[1-9A-HJ-NP-Za-km-z]{32,44}(,[\w-]+=[1-9A-HJ-NP-Za-km-z]{32,44})*$/, 'has to be name=key, by comma')
    .describe('Nodes that may take part and their public keys, name=key by comma.'),
  LEASE_SECONDS: Seconds.default(60).describe('For how long a claim holds without a sign of life.'),
  MAX_ATTEMPTS: z.coerce.number().int().min(1).default(5).describe('How often a todo is tried before it has failed.'),
  COORDINATOR_LOG: LogLevel,
}

const nodeVariables = {
  ...tokenKeys,
  COORDINATOR_URL: HttpUrl.describe('Address of the coordinator.'),
  CONTAINER_URL: HttpUrl.describe('Address of the container that does the tasks.'),
  POLL_SECONDS: Seconds.default(5).describe('How long a node with nothing to do waits before it asks again.'),
  GITHUB_USERNAME: z.string().default('prometheus-node').describe('Who opens pull requests.'),
}

export const plannerEnvironment = {
  ...nodeVariables,
  PLANNER_BIND: BindAddress.describe('Where the planner listens, host:port.'),
  PLANNER_PRIVATE_KEY: PrivateKey.describe('Key that the planner signs with, 32 bytes in base58.'),
  PLANNER_DATA: z.string().describe('Directory where the planner keeps the tasks that it waits for.'),
  PLANNER_LOG: LogLevel,
}

export const workerEnvironment = {
  ...nodeVariables,
  WORKER_BIND: BindAddress.describe('Where the worker listens, host:port.'),
  WORKER_PRIVATE_KEY: PrivateKey.describe('Key that the worker signs with, 32 bytes in base58.'),
  WORKER_DATA: z.string().describe('Directory where the worker keeps the tasks that it waits for.'),
  WORKER_LOG: LogLevel,
}

export const containerEnvironment = {
  ...tokenKeys,
  CONTAINER_BIND: BindAddress.describe('Where the container listens, host:port.'),
  CONTAINER_DATA: z.string().describe('Directory where the container keeps its tasks.'),
  COORDINATOR_URL: HttpUrl.describe('Address of the coordinator.'),
  PLANNER_URL: HttpUrl.describe('Address of the planner, which gets the plans.'),
  WORKER_URL: HttpUrl.describe('Address of the worker, which gets the pull requests.'),
  AGENT_COMMAND: z
    .string()
    .optional()
    .describe(
      'Program that does a task: JSON on standard input, JSON on standard output. Without it a built-in one does.',
    ),
  AGENT_SECONDS: Seconds.default(600).describe('How long the agent may take for a task.'),
  CALLBACK_SECONDS: Seconds.default(10).describe('How long a node may take to answer a callback.'),
}

export const ownerEnvironment = {
  ...tokenKeys,
  COORDINATOR_URL: HttpUrl.describe('Address of the coordinator.'),
}
