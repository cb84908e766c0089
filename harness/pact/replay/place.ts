import type { PactFile, PactInteraction } from '../file/pact-file.ts'
import type { Target } from './target.ts'

/** Where a finding of a replay belongs. */
export type ReplayPlace = Readonly<{ edge: string; interaction: string; target: string }>

export function placeOfReplay(
  { consumer, provider }: PactFile,
  interaction: PactInteraction,
  target: Target,
): ReplayPlace {
  return { edge: `${consumer.name} -> ${provider.name}`, interaction: interaction.description, target: target.name }
}
