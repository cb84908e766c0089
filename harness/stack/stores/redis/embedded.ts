import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../../process.ts'
import { identifyOrStop } from '../identify-or-stop.ts'
import { tryStart } from '../rung.ts'
import type { Rung } from '../rung.ts'
import { runningStore } from '../store.ts'
import { identifyRedis } from './identify.ts'

const LISTENING = /^listening on (?<port>\d+)$/

/** Our own small Redis, in a process of its own: any client can connect, and it can be killed like a real one. */
export const redisEmbedded: Rung = {
  mode: 'embedded',
  start: () =>
    tryStart(async () => {
      const server = await startProcess({
        name: 'redis',
        command: execPath,
        args: [fileURLToPath(new URL('embedded-server.ts', import.meta.url))],
        ready: { kind: 'log', pattern: LISTENING },
      })
      const port = server.log().flatMap((line) => LISTENING.exec(line)?.groups?.['port'] ?? [])[0]
      const url = `redis://127.0.0.1:${port}`
      const stop = (): Promise<void> => server.stop()
      const description = `${await identifyOrStop({ url, stop }, identifyRedis)}, embedded`
      return runningStore({ kind: 'redis', mode: 'embedded', url, description, stop })
    }),
}
