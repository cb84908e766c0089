import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatedMark } from '../../generated-file.ts'
import { writeExport } from '../../generated-folder.ts'
import { example, exampleNames } from '../../testing/example-system.ts'
import { packageName, pythonPackage } from '../package.ts'

/** A generated package: its name, and the folder that Python finds it in. */
export type PythonPackage = Readonly<{ name: string; folder: string }>

/** The package of the made-up system, in a temporary folder. */
export async function examplePackage(): Promise<PythonPackage & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-python-'))
  const files = await pythonPackage(example, exampleNames)
  await writeExport({ folder, files, mark: generatedMark('python', 'example'), command: 'export', system: 'example' })
  return {
    name: packageName(example.name),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
