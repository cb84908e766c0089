import type { SelectedPact } from './selected-pact.ts'

/** What a verifier carries from the pact that it was given to the result that it publishes. */
export type VerificationMetadata = Readonly<{ wip: boolean; consumerVersions: readonly string[] }>

/** Writes what is known of a selected pact into its address. */
export function encodeMetadata({ publication }: SelectedPact, wip: boolean): string {
  const query = new URLSearchParams([['cvn', publication.consumerVersion], ...(wip ? [['w', 'true']] : [])])
  return Buffer.from(query.toString()).toString('base64url')
}

/** Reads it again; what is no metadata says nothing. */
export function decodeMetadata(text: string | undefined): VerificationMetadata {
  const query = new URLSearchParams(Buffer.from(text ?? '', 'base64url').toString('utf8'))
  return { wip: query.get('w') === 'true', consumerVersions: query.getAll('cvn') }
}
