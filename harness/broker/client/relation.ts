import { BrokerUnreachable } from './broker-errors.ts'
import type { BrokerClient, Document } from './broker-client.ts'

/**
 * The address behind a relation of a document, its parameters filled in.
 * @throws BrokerUnreachable where the document has no such relation: what answers is no Pact Broker, or too old a one.
 */
export function relation(document: Document, name: string, parameters: Readonly<Record<string, string>> = {}): string {
  const links = (document['_links'] ?? {}) as Readonly<Record<string, { href?: string } | undefined>>
  const href = links[name]?.href
  if (href === undefined)
    throw new BrokerUnreachable(
      `the broker has no "${name}": it is no Pact Broker, or an old one. Check PACT_BROKER_BASE_URL.`,
    )
  return href.replaceAll(/\{(\w+)\}/g, (whole, key: string) => {
    const value = parameters[key]
    return value === undefined ? whole : encodeURIComponent(value)
  })
}

/** The document that a broker begins with. @throws BrokerUnreachable where there is none, as `BrokerClient.get` else */
export async function index(client: BrokerClient): Promise<Document> {
  const document = await client.find('/')
  if (document) return document
  throw new BrokerUnreachable(`${client.baseUrl} has no index: no Pact Broker is there. Check PACT_BROKER_BASE_URL.`)
}
