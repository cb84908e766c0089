import type { BrokerClient, Document } from './broker-client.ts'
import { index, relation } from './relation.ts'

/** An environment of a broker. */
export type BrokerEnvironment = Readonly<{
  uuid: string
  name: string
  displayName: string
  production: boolean
  url: string
}>

/** All environments of a broker. @throws BrokerRefused, BrokerUnreachable */
export async function listEnvironments(client: BrokerClient): Promise<readonly BrokerEnvironment[]> {
  const answer = await client.get(relation(await index(client), 'pb:environments'))
  return embedded(answer, 'environments').map((one) => {
    const { uuid, name, displayName, production } = one as {
      uuid: string
      name: string
      displayName?: string
      production: boolean
    }
    return { uuid, name, displayName: displayName ?? name, production, url: relation(one, 'self') }
  })
}

/** A version that is in an environment now. */
export type Present = Readonly<{
  kind: 'deployed' | 'released'
  pacticipant: string
  version: string
  instance: string | undefined
  url: string
}>

/** What is deployed to an environment, and what is released and supported there. @throws BrokerRefused, BrokerUnreachable */
export async function presentIn(client: BrokerClient, environment: BrokerEnvironment): Promise<readonly Present[]> {
  const document = await client.get(environment.url)
  const read = async (kind: Present['kind'], name: string, collection: string): Promise<readonly Present[]> =>
    embedded(await client.get(relation(document, name)), collection).map((one) => {
      const { version, pacticipant } = one['_embedded'] as {
        version: { number: string }
        pacticipant: { name: string }
      }
      const instance = one['applicationInstance'] as string | undefined
      return { kind, pacticipant: pacticipant.name, version: version.number, instance, url: relation(one, 'self') }
    })
  return [
    ...(await read('deployed', 'pb:currently-deployed-deployed-versions', 'deployedVersions')),
    ...(await read('released', 'pb:currently-supported-released-versions', 'releasedVersions')),
  ]
}

function embedded(document: Document, name: string): readonly Document[] {
  const all = (document['_embedded'] ?? {}) as Readonly<Record<string, readonly Document[] | undefined>>
  return all[name] ?? []
}
