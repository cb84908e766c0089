import { parseEnv } from 'node:util'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { newKeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import { system } from '#contracts/prometheus/system.ts'
import { checkEnvironment, type Variables } from '#harness/environment/check-environment.ts'

const { planner, worker, tokenKeys } = developmentKeys
const nodeKeys = `node-planner=${planner.publicKey},node-worker=${worker.publicKey}`
const databasePassword = 'password-of-the-database'

/** The environment of the whole system, as one file has it. */
const whole: Variables = parseEnv(`
JWT_KEYS=${tokenKeys}
# Coordinator
DATABASE_URL=postgresql://prometheus:${databasePassword}@127.0.0.1/prometheus
COORDINATOR_BIND=0.0.0.0:3000
NODE_KEYS=${nodeKeys}
# Nodes
COORDINATOR_URL=http://localhost:3000
CONTAINER_URL=http://localhost:8080
PLANNER_BIND=0.0.0.0:30017
PLANNER_PRIVATE_KEY=${planner.privateKey}
PLANNER_DATA=/var/lib/prometheus/planner
WORKER_BIND=0.0.0.0:30018
WORKER_PRIVATE_KEY=${worker.privateKey}
WORKER_DATA=/var/lib/prometheus/worker
# Container
CONTAINER_BIND=0.0.0.0:8080
CONTAINER_DATA=/var/lib/prometheus/container
PLANNER_URL=http://localhost:30017
WORKER_URL=http://localhost:30018
`)

const others = [newKeyPair(), newKeyPair()] as const
const otherTokenKey = 'of-a-deployment-0123456789-abcdefgh'
const short = 'development=too-short-a-secret'
const noBase58 = '0OIl'.repeat(11)

const secrets = [planner, worker, ...others]
  .map(({ privateKey }) => privateKey)
  .concat(tokenKeys.replace(/^.*?=/, ''), databasePassword, otherTokenKey, 'too-short-a-secret', noBase58)

/** What is found with these changes: `code variable`. No secret is ever said. */
function found(changes: Variables): readonly string[] {
  const findings = checkEnvironment(system, { ...whole, ...changes })
  const said = JSON.stringify(findings)
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([])
  return findings.map(({ code, path }) => `${code} ${path}`)
}

test('an environment of the whole system has no finding', () => {
  expect(found({})).toEqual([])
})

test.each([
  ['other hosts', { COORDINATOR_URL: 'http://coordinator:3000', WORKER_BIND: '127.0.0.1:30018' }],
  ['further variables', { ANTHROPIC_API_KEY: 'sk-of-somebody', MIDDLE_SERVER_URL: 'http://localhost:9999' }],
  ['a key that is rotated', { JWT_KEYS: `next=${otherTokenKey}, ${tokenKeys}` }],
  ['a further node', { NODE_KEYS: `${nodeKeys},node-worker-2=${others[0].publicKey}` }],
  ['nodes under names of their own', { NODE_KEYS: `anna=${planner.publicKey},bert=${worker.publicKey}` }],
  ['the port of the scheme', { COORDINATOR_BIND: '0.0.0.0:443', COORDINATOR_URL: 'https://coordinator.example' }],
  [
    'a component moved, and its callers told',
    { CONTAINER_BIND: '0.0.0.0:8081', CONTAINER_URL: 'http://localhost:8081' },
  ],
  ['what has a default', { LEASE_SECONDS: '120', MAX_ATTEMPTS: '3', POLL_SECONDS: '1', AGENT_SECONDS: '60' }],
])('it has none with %s either', (_what, changes) => {
  expect(found(changes)).toEqual([])
})

test.each(Object.keys(whole))('without %s, that is what is missing', (variable) => {
  expect(found({ [variable]: undefined })).toEqual([`environment-missing ${variable}`])
})

test.each([
  ['JWT_KEYS', 'development'],
  ['JWT_KEYS', short],
  ['JWT_KEYS', `${tokenKeys},${short}`],
  ['JWT_KEYS', `no good id=${otherTokenKey}`],
  ['PLANNER_PRIVATE_KEY', noBase58],
  ['WORKER_PRIVATE_KEY', worker.privateKey.slice(0, 20)],
  ['NODE_KEYS', planner.publicKey],
  ['NODE_KEYS', `node-planner=${noBase58}`],
  ['DATABASE_URL', `mongodb://prometheus:${databasePassword}@127.0.0.1/prometheus`],
  ['COORDINATOR_BIND', '3000'],
  ['CONTAINER_BIND', ':8080'],
  ['COORDINATOR_URL', 'localhost:3000'],
  ['WORKER_URL', 'host.docker.internal:30018/task'],
  ['LEASE_SECONDS', 'a minute'],
  ['MAX_ATTEMPTS', '0'],
  ['PLANNER_LOG', 'loud'],
])('%s is malformed where it is no such thing', (variable, value) => {
  expect(found({ [variable]: value })).toEqual([`environment-malformed ${variable}`])
})

test.each([
  ['COORDINATOR_URL', 'MIDDLE_SERVER_URL', 'http://localhost:3000'],
  ['COORDINATOR_BIND', 'PORT', '3000'],
  ['JWT_KEYS', 'SWARMS_ADMIN_KEY', otherTokenKey],
  ['CONTAINER_URL', 'SWARMS_API_URL', 'http://localhost:8080'],
])('%s under another name is missing', (variable, name, value) => {
  expect(found({ [variable]: undefined, [name]: value })).toEqual([`environment-missing ${variable}`])
})

/** Where two sides differ, the one that listens counts as right. */
test.each([
  ['COORDINATOR_URL', { COORDINATOR_BIND: '0.0.0.0:3008' }],
  ['COORDINATOR_URL', { COORDINATOR_URL: 'http://localhost:4000' }],
  ['COORDINATOR_URL', { COORDINATOR_URL: 'https://coordinator.example' }],
  ['CONTAINER_URL', { CONTAINER_BIND: '0.0.0.0:8000' }],
  ['CONTAINER_URL', { CONTAINER_URL: 'http://localhost:30017' }],
  ['PLANNER_URL', { PLANNER_BIND: '0.0.0.0:3000' }],
  ['PLANNER_URL', { PLANNER_URL: 'http://localhost:30018' }],
  ['WORKER_URL', { WORKER_BIND: '0.0.0.0:30017' }],
  ['WORKER_URL', { WORKER_URL: 'http://host.docker.internal:30017' }],
  ['PLANNER_PRIVATE_KEY', { PLANNER_PRIVATE_KEY: others[0].privateKey }],
  ['WORKER_PRIVATE_KEY', { NODE_KEYS: nodeKeys.replace(worker.publicKey, others[1].publicKey) }],
])('a contradiction is said at %s: %j', (variable, changes) => {
  expect(found(changes)).toEqual([`environment-contradiction ${variable}`])
})

test('both sides of a contradiction are named, keys are not shown', () => {
  const said = (changes: Variables) => checkEnvironment(system, { ...whole, ...changes }).map(({ message }) => message)
  expect(said({ COORDINATOR_BIND: '0.0.0.0:3008' })).toEqual([
    'the port of the coordinator: COORDINATOR_BIND says 3008, COORDINATOR_URL says 3000.',
  ])
  expect(said({ PLANNER_PRIVATE_KEY: others[0].privateKey })).toEqual([
    'the key of the planner: NODE_KEYS says something else (a secret, not shown), PLANNER_PRIVATE_KEY says something else (a secret, not shown).',
  ])
})

test('a planner and a worker with their keys exchanged are two contradictions', () => {
  const { privateKey } = planner
  expect(found({ PLANNER_PRIVATE_KEY: worker.privateKey, WORKER_PRIVATE_KEY: privateKey })).toEqual([
    'environment-contradiction PLANNER_PRIVATE_KEY',
    'environment-contradiction WORKER_PRIVATE_KEY',
  ])
})

test('what each component needs has its place in the file, or a default', () => {
  const needed = Object.values(system.components).flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, schema]) => (schema.safeParse(undefined).success ? [] : [name])),
  )
  expect([...new Set(needed)].toSorted()).toEqual(Object.keys(whole).toSorted())
})
