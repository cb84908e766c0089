import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { concordat } from './testing/concordat.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'

const gateMs = 60_000

/** The code of the guide: each block that names its file. */
async function filesOfTheGuide(): Promise<Readonly<Record<string, string>>> {
  const guide = await readFile(join(projectRoot, 'docs/adding-a-system.md'), 'utf8')
  const blocks = [...guide.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)]
  return Object.fromEntries(blocks.map(([, file = '', code = '']) => [file, code]))
}

test(
  'a system that is added as docs/adding-a-system.md says is green, and red where its live service drifts',
  async () => {
    const files = await filesOfTheGuide()
    await using project = await temporaryProject(files)
    const green = await concordat(['gate', '--system', 'library'], { root: project.root })
    expect(green.stdout).toContain('recorded   2 interactions\n')
    expect(green.stdout).toContain('live       2 of 2 replayed\n')
    expect(green.stdout).toContain('mock       2 of 2 replayed\n')
    expect(green.stdout).toContain('scenarios  3 of 3 passed\n')
    expect(green.stdout).toContain('drift      1/1 caught, 0/4 false alarms\n')
    expect(green.stdout).toMatch(/verdict    green\n$/)
    expect(green.code).toBe(0)

    const main = 'providers/library/catalogue/main.ts'
    await project.write(main, (files[main] ?? '').replace("'not_found'", "'unknown_book'"))
    const red = await concordat(['gate', '--system', 'library'], { root: project.root })
    expect(red.stdout).toContain('live       2 of 2 replayed, 1 differ\n')
    expect(red.stdout).toContain('$.reply.body.error.code')
    expect(red.code).toBe(1)
  },
  2 * gateMs,
)
