import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PactInteraction } from '#harness/pact/file/pact-file.ts'

/**
 * Where an interaction is recorded: `consumers/shop/till/item.pact.test.ts:12`, without the line where its description is
 * put together there; undefined where the pact does not say.
 */
export async function testLine({ comments, description }: PactInteraction, root: string): Promise<string | undefined> {
  const file = comments?.testname
  if (file === undefined) return undefined
  const text = await readFile(join(root, file), 'utf8').catch(() => '')
  const line = text.split('\n').findIndex((one) => quoted(description).some((literal) => one.includes(literal)))
  return line < 0 ? file : `${file}:${line + 1}`
}

function quoted(description: string): readonly string[] {
  return [`'${description.replaceAll("'", String.raw`\'`)}'`, `"${description}"`, `\`${description}\``]
}
