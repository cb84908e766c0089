import type { Finding } from '#harness/contract/finding.ts'
import type { PactFile } from './pact-file.ts'

/** What a secret looks like, wherever it stands, and what it is then. */
export const secretShapes: readonly (readonly [name: string, shape: RegExp])[] = [
  ['a JSON Web Token', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}\b/],
  // 64 bytes, as ed25519 and ECDSA over P-256 make them, in base58, base64url or base64; mixed, so no word and no path.
  ['a signature', /(?<![\w+/-])(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])(?:[\w-]{86,88}|[A-Za-z0-9+/]{86}==)(?![\w+/=-])/],
  ['an API key', /\bsk-[A-Za-z0-9_-]{20,}\b/],
]

/** Names of headers and fields whose values are secrets unless they are placeholders. */
const secretNames =
  /^((proxy-)?authorization|x-api-key|password|secret|access_token|refresh_token|client_secret|private_key|(.*[-_])?signature)$/i

/** A placeholder, where it stands in a header behind its scheme word. */
const harmless = /^(\S+ +)?placeholder/

/** What in a pact looks like a secret: a known shape anywhere, or a value under a telling name that is no placeholder. */
export function secretsIn(pact: PactFile): readonly Finding[] {
  return pact.interactions.flatMap((interaction) => {
    const found: Found[] = []
    search(interaction, { path: '$', name: '' }, found)
    return found.map(({ path, what }): Finding => ({
      code: 'pact-secret',
      severity: 'error',
      edge: `${pact.consumer.name} -> ${pact.provider.name}`,
      interaction: interaction.description,
      path,
      message: `It looks like ${what}, and pacts are committed and published.`,
      fix: 'Use a placeholder ("placeholder-1") and let a state provide the real value.',
    }))
  })
}

type Found = Readonly<{ path: string; what: string }>
type At = Readonly<{ path: string; name: string }>

function search(value: unknown, { path, name }: At, found: Found[]): void {
  if (typeof value === 'string') {
    const shape = secretShapes.find(([, pattern]) => pattern.test(value))
    if (shape) found.push({ path, what: shape[0] })
    else if (secretNames.test(name) && !harmless.test(value)) found.push({ path, what: `the value of "${name}"` })
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => search(item, { path: `${path}[${index}]`, name }, found))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      // Rules and expressions speak of secrets without holding any.
      if (key !== 'matchingRules' && key !== 'generators') search(field, { path: `${path}.${key}`, name: key }, found)
    }
  }
}
