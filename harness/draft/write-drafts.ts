import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { draftBlock, draftFile, type DescribedDraft, type DraftSetting } from './draft-file.ts'

/** What came of the drafts of one operation: a new file, or one that has them already. */
export type WrittenDrafts = Readonly<{
  operation: string
  /** The file that was written; undefined where there was nothing new to write. */
  file: string | undefined
  drafts: readonly DescribedDraft[]
  /** Files that have drafts of them already, word by word. */
  known: readonly string[]
}>

const suffix = '.pact.test.ts'

/**
 * Writes drafts into a folder, a file for each operation. No file is ever written over: what an earlier run drafted word by
 * word is left there, and the rest goes into a file of the next free name.
 */
export async function writeDrafts(
  folder: string,
  drafts: readonly DescribedDraft[],
  setting: DraftSetting,
): Promise<readonly WrittenDrafts[]> {
  await mkdir(folder, { recursive: true })
  const texts = await draftsIn(folder)
  const written: WrittenDrafts[] = []
  for (const operation of new Set(drafts.map(({ draft }) => draft.name))) {
    const own = drafts.filter(({ draft }) => draft.name === operation)
    const fresh = own.filter((draft) => !texts.some(({ text }) => text.includes(draftBlock(draft, setting))))
    const known = texts.filter(({ text }) => own.some((draft) => text.includes(draftBlock(draft, setting))))
    const file = fresh.length > 0 ? await writeNew(folder, operation, draftFile(fresh, setting)) : undefined
    written.push({ operation, file, drafts: fresh, known: known.map((one) => one.file) })
  }
  return written
}

type DraftText = Readonly<{ file: string; text: string }>

async function draftsIn(folder: string): Promise<readonly DraftText[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(suffix)).map((file) => join(folder, file))
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
}

async function writeNew(folder: string, operation: string, text: string): Promise<string> {
  const name = operation.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
  for (let number = 1; ; number++) {
    const file = join(folder, `${name}${number === 1 ? '' : `-${number}`}${suffix}`)
    if (existsSync(file)) continue
    // Not even where somebody wrote it this very moment.
    const isWritten = await writeFile(file, text, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false
        throw error
      },
    )
    if (isWritten) return file
  }
}
