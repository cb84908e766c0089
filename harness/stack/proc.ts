import { readFileSync, readdirSync } from 'node:fs'

/** The ids of all processes that /proc shows (Linux only). */
export function processIds(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

/** The text of a file under /proc; empty when its process has ended meanwhile or the file is not ours to read. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
