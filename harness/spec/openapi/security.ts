import type { AnyContract } from '#harness/contract/contract.ts'
import { schemeOf, type Carrier, type Security } from '#harness/contract/security.ts'
import { camelCase } from '../case.ts'

/** Alternatives of which one is enough, each a scheme by name. */
export type SecurityRequirement = readonly Readonly<Record<string, readonly never[]>>[]

/** Who may call, as an operation has it: any carrier of its credential. */
export function securityOf(security: Security): SecurityRequirement {
  return security.carriers.map((carrier) => ({ [schemeName(security, carrier)]: [] }))
}

/** The schemes of all operations of a contract, by name. */
export function securitySchemes(contract: AnyContract): Readonly<Record<string, unknown>> {
  const all = Object.values(contract.operations).flatMap(({ spec }) => (spec.auth ? [spec.auth] : []))
  return Object.fromEntries(
    all.flatMap((security) =>
      security.carriers.map((carrier) => [schemeName(security, carrier), schemeObject(security, carrier)]),
    ),
  )
}

function schemeName(security: Security, carrier: Carrier): string {
  const isOnly = security.carriers.length === 1
  return camelCase(isOnly ? security.name : `${security.name} ${carrier.kind}`)
}

function schemeObject(security: Security, carrier: Carrier): unknown {
  switch (carrier.kind) {
    case 'bearer':
      return { type: 'http', scheme: 'bearer', description: `The ${security.name}, as a bearer token (RFC 6750).` }
    case 'cookie':
      return { type: 'apiKey', in: 'cookie', name: carrier.name, description: `The ${security.name}, as a cookie.` }
    case 'signature': {
      const scheme = schemeOf(carrier)
      return {
        // A scheme of its own is nothing that tools know as "http": they can send the header as it is, though.
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: `Each request is signed: \`Authorization: ${scheme} …\`, and what follows the scheme word matches \`${carrier.pattern}\`.`,
        'x-scheme': scheme,
        'x-pattern': carrier.pattern,
      }
    }
  }
}
