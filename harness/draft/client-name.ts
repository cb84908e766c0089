import type { Carrier } from '#harness/contract/security.ts'

/** How the contract's own client is called in a draft, by the credential that it brings. */
export function clientName(carrier: Carrier | undefined): string {
  switch (carrier?.kind) {
    case undefined:
      return 'anonymous'
    case 'cookie':
      return 'withCookie'
    case 'bearer':
      return 'withBearer'
    case 'signature':
      return 'withSignature'
    default:
      return carrier satisfies never
  }
}
