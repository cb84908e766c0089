import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reporter } from '@jest/reporters'
import { describeFinding } from '#harness/contract/finding.ts'
import { publishRecordings } from '#harness/pact/file/publish-recordings.ts'
import { recordingsVariable } from '#harness/pact/record/recording.ts'
import { paths } from '#harness/project/paths.ts'

/**
 * Gives a Jest run a folder of its own for what its consumer tests record, and puts that into the pacts when all tests
 * are through. A conflict or a secret fails the run.
 */
// Jest asks a reporter for a default export.
// oxlint-disable-next-line import/no-default-export
export default class RecordingReporter implements Pick<Reporter, 'onRunStart' | 'onRunComplete' | 'getLastError'> {
  #error: Error | undefined

  async onRunStart(): Promise<void> {
    await mkdir(paths.scratch(), { recursive: true })
    process.env[recordingsVariable] = await mkdtemp(join(paths.scratch(), 'recordings-'))
  }

  async onRunComplete(): Promise<void> {
    const published = await publishRecordings(process.env[recordingsVariable] ?? '')
    for (const { changed, file, dropped } of published) {
      const without = dropped.length > 0 ? `, without ${dropped.map((name) => `"${name}"`).join(', ')}` : ''
      if (changed) process.stderr.write(`wrote ${file}${without}\n`)
    }
    const findings = published.flatMap((edge) => edge.findings)
    if (findings.length > 0)
      this.#error = new Error(`pacts were not written:\n${findings.map(describeFinding).join('\n')}`)
  }

  getLastError(): Error | undefined {
    if (this.#error) process.stderr.write(`${this.#error.message}\n`)
    return this.#error
  }
}
