import { system as declareSystem, type Agreement } from '#harness/contract/system.ts'
import { publicKeyOf } from './auth/request-signature.ts'
import { container } from './container.ts'
import { coordinator } from './coordinator.ts'
import { developmentKeys } from './development.ts'
import {
  containerEnvironment,
  coordinatorEnvironment,
  ownerEnvironment,
  plannerEnvironment,
  workerEnvironment,
} from './environment.ts'
import { planner, worker } from './node.ts'

const { tokenKeys } = developmentKeys

const portOfUrl = (value: string): string => {
  const url = new URL(value)
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}
const portOfAddress = (value: string): string => value.split(':').at(-1) ?? ''

type Place = Readonly<{ component: string; variable: string }>

/** A component listens where the others look for it. */
function samePort(what: string, listens: Place, ...looks: readonly Place[]): Agreement {
  return {
    what: `the port of the ${what}`,
    between: [{ ...listens, read: portOfAddress }, ...looks.map((place) => ({ ...place, read: portOfUrl }))],
  }
}

/** What a node signs with is what the coordinator knows it by. A node that NODE_KEYS calls by another name is not compared. */
function knownKey(what: string, signs: Place): Agreement {
  return {
    what: `the key of the ${what}`,
    between: [
      { component: 'coordinator', variable: 'NODE_KEYS', read: (keys) => keyNamed(signs.component, keys) },
      { ...signs, read: publicKeyOf },
    ],
  }
}

function keyNamed(name: string, keys: string): string {
  const entry = keys.split(',').find((candidate) => candidate.startsWith(`${name}=`))
  if (entry === undefined) throw new TypeError(`no key is called ${name}.`)
  return entry.slice(name.length + 1)
}

export const system = declareSystem('prometheus', {
  components: {
    coordinator: {
      contract: coordinator,
      port: 3000,
      environment: coordinatorEnvironment,
      bindVariable: 'COORDINATOR_BIND',
      readyPath: '/health',
      stores: { database: { kind: 'postgres', variable: 'DATABASE_URL' } },
      defaults: {
        JWT_KEYS: tokenKeys,
        NODE_KEYS: `node-planner=${developmentKeys.planner.publicKey},node-worker=${developmentKeys.worker.publicKey}`,
      },
    },
    'node-planner': {
      contract: planner,
      port: 30_017,
      environment: plannerEnvironment,
      bindVariable: 'PLANNER_BIND',
      readyPath: '/health',
      stores: { tasks: { kind: 'directory', variable: 'PLANNER_DATA' } },
      defaults: { JWT_KEYS: tokenKeys, PLANNER_PRIVATE_KEY: developmentKeys.planner.privateKey },
    },
    'node-worker': {
      contract: worker,
      port: 30_018,
      environment: workerEnvironment,
      bindVariable: 'WORKER_BIND',
      readyPath: '/health',
      stores: { tasks: { kind: 'directory', variable: 'WORKER_DATA' } },
      defaults: { JWT_KEYS: tokenKeys, WORKER_PRIVATE_KEY: developmentKeys.worker.privateKey },
    },
    container: {
      contract: container,
      port: 8080,
      environment: containerEnvironment,
      bindVariable: 'CONTAINER_BIND',
      readyPath: '/health',
      command: ['python3', 'main.py'],
      stores: { tasks: { kind: 'directory', variable: 'CONTAINER_DATA' } },
      defaults: { JWT_KEYS: tokenKeys },
    },
    /** Who has jobs done: a person or a program that calls. */
    owner: { environment: ownerEnvironment, defaults: { JWT_KEYS: tokenKeys } },
  },
  edges: [
    { consumer: 'owner', provider: 'coordinator', variable: 'COORDINATOR_URL' },
    { consumer: 'node-planner', provider: 'coordinator', variable: 'COORDINATOR_URL' },
    { consumer: 'node-planner', provider: 'container', variable: 'CONTAINER_URL' },
    { consumer: 'node-worker', provider: 'coordinator', variable: 'COORDINATOR_URL' },
    { consumer: 'node-worker', provider: 'container', variable: 'CONTAINER_URL' },
    { consumer: 'container', provider: 'node-planner', variable: 'PLANNER_URL' },
    { consumer: 'container', provider: 'node-worker', variable: 'WORKER_URL' },
    { consumer: 'container', provider: 'coordinator', variable: 'COORDINATOR_URL' },
  ],
  // Components of a ring come up in any order: each waits for the others by itself.
  startOrder: ['database', 'coordinator', 'tasks', 'container', 'node-planner', 'node-worker', 'owner'],
  agreements: [
    samePort(
      'coordinator',
      { component: 'coordinator', variable: 'COORDINATOR_BIND' },
      { component: 'node-worker', variable: 'COORDINATOR_URL' },
    ),
    samePort(
      'container',
      { component: 'container', variable: 'CONTAINER_BIND' },
      { component: 'node-worker', variable: 'CONTAINER_URL' },
    ),
    samePort(
      'planner',
      { component: 'node-planner', variable: 'PLANNER_BIND' },
      { component: 'container', variable: 'PLANNER_URL' },
    ),
    samePort(
      'worker',
      { component: 'node-worker', variable: 'WORKER_BIND' },
      { component: 'container', variable: 'WORKER_URL' },
    ),
    knownKey('planner', { component: 'node-planner', variable: 'PLANNER_PRIVATE_KEY' }),
    knownKey('worker', { component: 'node-worker', variable: 'WORKER_PRIVATE_KEY' }),
  ],
})
