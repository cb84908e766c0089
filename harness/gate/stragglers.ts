import { setTimeout as delay } from 'node:timers/promises'
import { processIds, readIfThere } from '#harness/stack/proc.ts'

const POLL_MS = 50
const WITHIN_MS = 10_000

/**
 * Waits, 10 s at most, until no process has this text in its environment or arguments: what an ended Jest run started is
 * taken down by wardens of its own, which nobody waits for otherwise. Does nothing where processes cannot be looked at.
 */
export async function stragglersEnd(mark: string): Promise<void> {
  if (process.platform !== 'linux') return
  const deadline = performance.now() + WITHIN_MS
  while (processIds().some((pid) => isMarked(pid, mark)) && performance.now() < deadline) await delay(POLL_MS)
}

function isMarked(pid: string, mark: string): boolean {
  return (
    pid !== String(process.pid) &&
    (readIfThere(`/proc/${pid}/environ`).includes(mark) || readIfThere(`/proc/${pid}/cmdline`).includes(mark))
  )
}
