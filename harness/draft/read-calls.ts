import { readFile } from 'node:fs/promises'
import { UsageError } from '#harness/project/usage-error.ts'
import { SeenCall } from './seen-call.ts'

/**
 * Reads calls from a file of JSON lines, each an exchange as the control API tells of it, with the states of the time under
 * `established` where they are known. Empty lines are skipped.
 * @throws UsageError for a file that cannot be read, or the number of a line that is no such exchange.
 */
export async function readCalls(file: string): Promise<readonly SeenCall[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${file} cannot be read: ${error.code ?? error.message}. Give a file of JSON lines with --file.`,
    )
  })
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${file}:${index + 1}`)]))
}

function readLine(line: string, where: string): SeenCall {
  const advice = 'Each line has to be an exchange, as GET /api/exchanges/{id} of the control API gives it.'
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new UsageError(`${where} is no JSON. ${advice}`)
  }
  const parsed = SeenCall.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`${where} is no exchange: ${issue?.path.map(String).join('.')}: ${issue?.message}. ${advice}`)
}
