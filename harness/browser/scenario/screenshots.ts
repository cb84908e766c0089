import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { paths, projectRoot } from '#harness/project/paths.ts'

/** Takes a picture of each tab of a profile; gives a line for each that says where it is. */
export async function takeScreenshots(context: BrowserContext, name: string): Promise<readonly string[]> {
  const folder = join(paths.scratch(), 'screenshots')
  await mkdir(folder, { recursive: true })
  const file = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
  const taken = context.pages().map(async (page, index) => {
    const path = join(folder, `${file}-${index + 1}.png`)
    await page.screenshot({ path, timeout: 5_000 })
    return `screenshot: ${relative(projectRoot, path)} (${page.url()})`
  })
  const settled = await Promise.allSettled(taken)
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}
