import { setTimeout as delay } from 'node:timers/promises'
import { processIds, readIfThere } from './proc.ts'

const POLL_MS = 20

/** Sends a signal to every member of a process group. Returns false when nobody is left to receive it. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal)
  } catch {
    return false // ESRCH: nobody. EPERM: on macOS the answer for a group of zombies
  }
}

/** Whether a group has a running member. A zombie that nobody has reaped yet counts as gone. */
export function groupIsAlive(leader: number): boolean {
  if (!signalGroup(leader, 0)) return false
  if (process.platform !== 'linux') return true
  return runsInGroup(String(leader), leader) || processIds().some((pid) => runsInGroup(pid, leader))
}

/** Waits until a group has no running member. Resolves to false when it still has one after `withinMs`. */
export async function groupEnds(leader: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (groupIsAlive(leader)) {
    if (performance.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}

/** Reads state and group from /proc/PID/stat: `pid (name) state parent group …`, where the name may hold anything. */
function runsInGroup(pid: string, group: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`)
  const [state, , ownGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(ownGroup) === group && state !== 'Z' && state !== 'X'
}
