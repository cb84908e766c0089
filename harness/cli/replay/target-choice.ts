import type { TargetChoice } from '#harness/pact/replay/open-target.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/** What a user says of a target beside its name. */
export type TargetFlags = Readonly<{ statesUrl?: string | undefined; via?: string | undefined }>

/**
 * Reads what a user says of a target: `live`, `mock`, `compose` (via an entry, if one is named) or a URL.
 * @throws UsageError where it is none of these, or a flag does not go with it.
 */
export function targetChoice(target: string, { statesUrl, via }: TargetFlags): TargetChoice {
  if (via !== undefined && target !== 'compose')
    throw new UsageError(`--via is for --target compose: there the entries of a system run. Leave it out.`)
  if (target === 'live' || target === 'mock' || target === 'compose') {
    if (statesUrl === undefined) return { kind: target, ...(via !== undefined && { via }) }
    throw new UsageError(`--states-url is for a target that is a URL: ${target} sets up its own states. Leave it out.`)
  }
  if (!isUrl(target))
    throw new UsageError(
      `"${target}" is no target.${didYouMean(target, ['live', 'mock', 'compose'])} Name live, mock, compose or a URL (http://127.0.0.1:4512).`,
    )
  if (statesUrl === undefined) return { kind: 'url', url: target }
  if (!isUrl(statesUrl)) throw new UsageError(`--states-url is "${statesUrl}", which is no URL. Write http://….`)
  return { kind: 'url', url: target, statesUrl }
}

function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}
