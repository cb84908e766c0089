import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { filesUnder } from '#harness/gate/test-files.ts'

/** A line of a file, counted from 1; the file is relative to the project's folder. */
export type Place = Readonly<{ file: string; line: number }>

/** A source file, by its path from the project's folder. */
export type SourceFile = Readonly<{ file: string; lines: readonly string[] }>

/** The files under these folders whose names end so, tests left out unless the ending asks for them. */
export async function sourceFiles(
  root: string,
  folders: readonly string[],
  endings: readonly string[],
): Promise<readonly SourceFile[]> {
  const found = await Promise.all(folders.flatMap((folder) => endings.map((ending) => filesUnder(folder, ending))))
  const isWanted = (file: string): boolean =>
    !/\.test\.\w+$/.test(file) || endings.some((end) => end.includes('.test.'))
  return Promise.all(
    found
      .flat()
      .filter(isWanted)
      .map(async (file) => ({ file: relative(root, file), lines: (await readFile(file, 'utf8')).split('\n') })),
  )
}

/** The first line of these files that passes the test. */
export function firstLine(files: readonly SourceFile[], isIt: (line: string) => boolean): Place | undefined {
  for (const { file, lines } of files) {
    const index = lines.findIndex(isIt)
    if (index !== -1) return { file, line: index + 1 }
  }
  return undefined
}
