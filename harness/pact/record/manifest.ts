import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingsVariable } from './recording.ts'

/** Which interactions a test file declares, and which of them this run recorded. */
export type Manifest = Readonly<{
  edge: string
  testFile: string
  declared: readonly string[]
  recorded: readonly string[]
}>

export const manifestPrefix = 'manifest-'

export type FileManifest = Readonly<{
  register: (description: string) => void
  recorded: (description: string) => void
}>

/** Keeps the manifest of the test file that is running, and writes it beside the recordings when the file is through. */
export function fileManifest(edge: string, testFile: string): FileManifest {
  const declared: string[] = []
  const recorded: string[] = []
  afterAll(async () => {
    const root = process.env[recordingsVariable]
    if (!root) return
    await mkdir(root, { recursive: true })
    const name = createHash('sha256').update(`${edge}\n${testFile}`).digest('hex').slice(0, 16)
    const manifest: Manifest = { edge, testFile, declared, recorded }
    await writeFile(join(root, `${manifestPrefix}${name}.json`), JSON.stringify(manifest))
  })
  return {
    register(description) {
      if (declared.includes(description))
        throw new Error(
          `"${description}" is recorded twice in ${testFile}. Describe each interaction in its own words.`,
        )
      declared.push(description)
    },
    recorded: (description) => void recorded.push(description),
  }
}
