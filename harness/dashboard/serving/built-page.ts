import { existsSync, readFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paths } from '#harness/project/paths.ts'
import { runProcess } from '#harness/stack/run-process.ts'
import { distFolder } from '../dashboard-config.ts'
import { fingerprintFile, sourceFingerprint } from './fingerprint.ts'

const builder = fileURLToPath(new URL('../build-process.ts', import.meta.url))

/** Where pages are built to that nobody built before. */
export function scratchPages(): string {
  return join(paths.scratch(), 'dashboard')
}

/** The folder of the page as its sources are now; undefined where it has to be built first. */
export function findBuiltPage(folders: readonly string[] = [distFolder, scratchPages()]): string | undefined {
  const wanted = sourceFingerprint()
  return folders.find((folder) => {
    const file = join(folder, fingerprintFile)
    return existsSync(file) && readFileSync(file, 'utf8').trim() === wanted
  })
}

/**
 * Builds the page, in a process of its own, beside the folder and puts it there when it is whole: several may build at once.
 * @throws EnvironmentError with what the builder said last.
 */
export async function buildPage(folder: string = scratchPages()): Promise<string> {
  const beside = `${folder}-${process.pid}`
  try {
    await runProcess({ name: 'the dashboard', command: process.execPath, args: [builder, beside] })
    await rm(folder, { recursive: true, force: true })
    await rename(beside, folder).catch((error: unknown) => {
      // Somebody else was first.
      if (findBuiltPage([folder]) === undefined) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  return folder
}
