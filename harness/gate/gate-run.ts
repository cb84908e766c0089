import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { paths } from '#harness/project/paths.ts'
import { guardDirectory } from '#harness/stack/warden.ts'
import type { StageProgress } from './stage-progress.ts'

/** What the stages of one run share. */
export type GateRun = Readonly<{
  /** A folder of its own for recordings and results. */
  folder: string
  progress: StageProgress
  verbose: boolean
  /** As Jest's --maxWorkers takes it; one per core unless told. */
  maxWorkers: string | undefined
  /** Rejects when the run has to stop. */
  interrupted: Promise<never>
}>

/** Where the stages of a run keep their results. */
export function resultsFolder({ folder }: Pick<GateRun, 'folder'>): string {
  return join(folder, 'results')
}

/** A folder for one run under .concordat/, gone with its scope however the run ends. */
export async function runFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  await mkdir(paths.scratch(), { recursive: true })
  const path = await mkdtemp(join(paths.scratch(), 'run-'))
  const guard = guardDirectory(path)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true })
      guard.release()
    },
  }
}
