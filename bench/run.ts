import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// All benches, one after another; each can be run alone, and says what it measures at its top.
// Usage: npm run bench [-- --peers] [-- --live]: with other mock servers, which are installed for it; with a real service
// behind a tap, which needs its stores.

const benches: readonly (readonly [file: string, ...args: string[]])[] = [
  ['throughput.ts'],
  ['tap.ts', ...process.argv.filter((arg) => arg === '--live')],
  ['streams.ts'],
  ['start-up.ts'],
  ['recording.ts'],
  ['replay.ts'],
  ...(process.argv.includes('--peers') ? [['peers.ts'] as const] : []),
]
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=DEP0060']

for (const [file, ...args] of benches) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const [code] = await once(spawn(process.execPath, [...quiet, path, ...args], { stdio: 'inherit' }), 'exit')
  if (code === 0) continue
  console.error(`bench/${file} failed. See above; the others go on.`)
  process.exitCode = 1
}
