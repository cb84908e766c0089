import { interactionId, type PactContent } from './content.ts'

/** A digest of what an interaction promises: where it was recorded and what was remarked is left aside. */
export function promiseDigest({
  comments: _comments,
  pending: _pending,
  key: _key,
  ...interaction
}: PactContent): string {
  return interactionId(interaction)
}
