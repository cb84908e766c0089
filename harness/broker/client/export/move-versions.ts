import type { PactContent } from '../../pact/content.ts'
import type { BrokerClient, Document } from '../broker-client.ts'
import { embedded, links, text } from './documents.ts'
import type { Move } from './move-broker.ts'

/** A pact that was moved. */
export type MovedPact = Readonly<{ consumer: string; provider: string; version: string }>

const pageSize = 200

/** Moves the versions of pacticipants, the oldest first, with their branches, tags and pacts. */
export async function moveVersions(
  move: Move,
  names: readonly string[],
): Promise<Readonly<{ versions: number; pacts: readonly MovedPact[] }>> {
  let versions = 0
  const pacts: MovedPact[] = []
  for (const name of names) {
    for (const number of (await versionsOf(move.from, name)).toReversed()) {
      pacts.push(...(await moveVersion(move, name, number)))
      versions++
    }
  }
  return { versions, pacts }
}

/** All versions of a pacticipant, the newest first, page by page; also of a broker that knows no pages. */
async function versionsOf(from: BrokerClient, name: string): Promise<readonly string[]> {
  const numbers = new Set<string>()
  for (let page = 1; ; page++) {
    const path = `/pacticipants/${encodeURIComponent(name)}/versions?pageNumber=${page}&pageSize=${pageSize}`
    const found = embedded(await from.get(path), 'versions').flatMap((version) => text(version, 'number') ?? [])
    const before = numbers.size
    for (const number of found) numbers.add(number)
    if (found.length < pageSize || numbers.size === before) return [...numbers]
  }
}

async function moveVersion(move: Move, name: string, number: string): Promise<readonly MovedPact[]> {
  const pacticipant = `/pacticipants/${encodeURIComponent(name)}`
  const path = `${pacticipant}/versions/${encodeURIComponent(number)}`
  const version = await move.from.get(path)
  const buildUrl = text(version, 'buildUrl')
  await move.to.send('PUT', path, buildUrl === undefined ? {} : { buildUrl })
  for (const branch of namesIn(version, 'branchVersions'))
    await move.to.send(
      'PUT',
      `${pacticipant}/branches/${encodeURIComponent(branch)}/versions/${encodeURIComponent(number)}`,
      {},
    )
  for (const tag of namesIn(version, 'tags')) await move.to.send('PUT', `${path}/tags/${encodeURIComponent(tag)}`, {})
  const pacts: MovedPact[] = []
  for (const { href } of links(version, 'pb:pact-versions'))
    pacts.push(await movePact(move, { href, consumer: name, version: number }))
  return pacts
}

function namesIn(version: Document, collection: string): readonly string[] {
  return embedded(version, collection).flatMap((one) => text(one, 'name') ?? [])
}

async function movePact(
  { from, to }: Move,
  { href, consumer, version }: { href: string; consumer: string; version: string },
): Promise<MovedPact> {
  const pact = await from.get(href)
  const provider = links(pact, 'pb:provider')[0]?.name ?? ''
  await to.send('POST', '/contracts/publish', {
    pacticipantName: consumer,
    pacticipantVersionNumber: version,
    contracts: [
      {
        consumerName: consumer,
        providerName: provider,
        specification: 'pact',
        contentType: 'application/json',
        content: Buffer.from(JSON.stringify(asPublished(pact))).toString('base64'),
      },
    ],
  })
  return { consumer, provider, version }
}

/** A pact without what the broker put into it. */
function asPublished({ createdAt: _at, _links, ...pact }: PactContent): PactContent {
  const bare = (list: unknown): unknown =>
    Array.isArray(list) ? list.map(({ _id, ...interaction }: PactContent) => interaction) : list
  return {
    ...pact,
    ...('interactions' in pact && { interactions: bare(pact['interactions']) }),
    ...('messages' in pact && { messages: bare(pact['messages']) }),
  }
}
