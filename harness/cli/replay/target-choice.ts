import type { TargetChoice } from '#harness/pact/replay/open-target.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/**
 * Reads what a user says of a target: `live`, `mock`, `compose` or a URL.
 * @throws UsageError where it is none of these.
 */
export function targetChoice(target: string, statesUrl: string | undefined): TargetChoice {
  if (target === 'live' || target === 'mock' || target === 'compose') {
    if (statesUrl === undefined) return { kind: target }
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
