import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concordat, type Ended } from '../testing/concordat.ts'

const seed = `
# Shared configuration
DATABASE_URL=postgresql://workbench:pass@127.0.0.1/workbench
REDIS_URL=redis://127.0.0.1:6379
NFS_MOUNT=/mnt/nas

# Backend specific
BIND_ADDRESS=0.0.0.0:4512
RUST_LOG=info
JWT_SECRET=a-key-of-thirty-two-characters-0

# Frontend specific
VITE_API_URL=http://localhost:4512
VITE_WS_URL=ws://localhost:4512

FRONTEND_PORT=4510
BACKEND_PORT=4512
`

async function check(text: string, ...flags: readonly string[]): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-env-'))
  try {
    await writeFile(join(folder, '.env'), text)
    return await concordat(['env', 'check', 'workbench', '--env-file', join(folder, '.env'), ...flags])
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a file with all variables, in agreement, is 0', async () => {
  const { code, stdout } = await check(seed)
  expect(stdout).toMatch(/\d+ variables, \d+ agreements, all well\./)
  expect(code).toBe(0)
})

test('a backend on another port than its callers think, and a missing variable, are 1', async () => {
  const text = seed.replace('0.0.0.0:4512', '0.0.0.0:8080').replace(/^NFS_MOUNT.*$/m, '')
  const { code, stdout } = await check(text)
  expect(stdout).toContain('environment-missing: workbench · NFS_MOUNT')
  expect(stdout).toContain('environment-contradiction: workbench · BIND_ADDRESS')
  expect(stdout).toContain('BIND_ADDRESS says 8080, VITE_API_URL says 4512')
  expect(code).toBe(1)
})

test('with --json the findings are data, and no secret is in them', async () => {
  const { code, stdout } = await check(seed.replace(/JWT_SECRET=.*/, 'JWT_SECRET=too-short'), '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'env check',
    ok: false,
    exitCode: 1,
    findings: [{ code: 'environment-malformed', path: 'JWT_SECRET' }],
  })
  expect(stdout).not.toContain('too-short')
  expect(code).toBe(1)
})

test('a file that is not there is a usage error', async () => {
  const { code, stderr } = await concordat(['env', 'check', 'workbench', '--env-file', '/no/such/file'])
  expect(stderr).toContain('/no/such/file cannot be read: ENOENT. Give a file with --env-file.')
  expect(code).toBe(2)
})
