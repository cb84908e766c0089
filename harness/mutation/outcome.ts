import type { Finding } from '#harness/contract/finding.ts'
import type { Mutant } from './mutant.ts'

/** What came of one mutant. One that found nothing to change is apart: it proves nothing. */
export type Outcome = Readonly<{
  mutant: Mutant
  kind: 'caught' | 'survived' | 'green' | 'alarm' | 'unchanged'
  /** What the replay said, where it said something. */
  finding?: Finding
}>

/** What a mutant that has to be caught came to. */
export function outcomeOf(mutant: Mutant, isChanged: boolean, finding: Finding | undefined): Outcome {
  if (!isChanged) return { mutant, kind: 'unchanged' }
  if (mutant.expected === 'green') return finding ? { mutant, kind: 'alarm', finding } : { mutant, kind: 'green' }
  return finding ? { mutant, kind: 'caught', finding } : { mutant, kind: 'survived' }
}
