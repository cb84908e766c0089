import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { paths } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'

const AcceptedBreak = z.strictObject({
  /** Which change, as `concordat impact` calls it. */
  what: z.string().min(1),
  /** Which consumer it is accepted for; without one, for all. */
  consumer: z.string().optional(),
  reason: z.string().min(1),
  /** The last day on which it holds, as 2027-01-31. */
  expires: z.iso.date(),
})
const AcceptedBreaks = z.strictObject({ breaks: z.array(AcceptedBreak) })

/** A break that somebody takes upon themselves, until a day. */
export type AcceptedBreak = z.output<typeof AcceptedBreak>

/** Where the accepted breaks of a system are, in the project. */
export function acceptedBreaksPath(system: string): string {
  return `contracts/${system}/accepted-breaks.json`
}

/**
 * The breaks that are accepted in a system: `contracts/<system>/accepted-breaks.json`; none where there is no such file.
 * @throws UsageError where the file is not as it has to be.
 */
export async function readAcceptedBreaks(system: string): Promise<readonly AcceptedBreak[]> {
  const file = join(paths.systems(), system, 'accepted-breaks.json')
  if (!existsSync(file)) return []
  const shape = 'Write { "breaks": [{ "what": …, "reason": …, "expires": "2027-01-31" }] }.'
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch {
    throw new UsageError(`${acceptedBreaksPath(system)} cannot be read: it is no JSON. ${shape}`)
  }
  const parsed = AcceptedBreaks.safeParse(value)
  if (parsed.success) return parsed.data.breaks
  const issue = parsed.error.issues[0]
  throw new UsageError(
    `${acceptedBreaksPath(system)}: ${issue?.path.map(String).join('.')}: ${issue?.message}. ${shape}`,
  )
}

/** Whether it holds no longer. `today` as 2027-01-31. */
export function isExpired({ expires }: AcceptedBreak, today: string): boolean {
  return expires < today
}
