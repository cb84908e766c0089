import { BrokerRefused } from '../broker-errors.ts'
import { listEnvironments, presentIn, type Present } from '../environments.ts'
import { index, relation } from '../relation.ts'
import { links } from './documents.ts'
import type { Move } from './move-broker.ts'

/** Makes the environments that the other broker has not, by name. Gives how many there are. */
export async function moveEnvironments({ from, to }: Move): Promise<number> {
  const there = new Set((await listEnvironments(to)).map(({ name }) => name))
  const all = await listEnvironments(from)
  const address = relation(await index(to), 'pb:environments')
  for (const { name, displayName, production } of all)
    if (!there.has(name)) await to.send('POST', address, { name, displayName, production })
  return all.length
}

/** Records what is in the environments now; what is recorded there already is left as it is. Gives how many there are. */
export async function moveDeployments({ from, to }: Move): Promise<number> {
  const target = await listEnvironments(to)
  let count = 0
  for (const environment of await listEnvironments(from)) {
    const same = target.find(({ name }) => name === environment.name)
    if (!same) continue
    const there = new Set((await presentIn(to, same)).map(keyOf))
    for (const present of (await presentIn(from, environment)).toReversed()) {
      if (!there.has(keyOf(present))) await record({ from, to }, present, environment.name)
      count++
    }
  }
  return count
}

function keyOf({ kind, pacticipant, version, instance }: Present): string {
  return JSON.stringify([kind, pacticipant, version, instance])
}

async function record(
  { to }: Move,
  { kind, pacticipant, version, instance }: Present,
  environment: string,
): Promise<void> {
  const path = `/pacticipants/${encodeURIComponent(pacticipant)}/versions/${encodeURIComponent(version)}`
  const name = kind === 'deployed' ? 'pb:record-deployment' : 'pb:record-release'
  const link = links(await to.get(path), name).find((one) => one.name === environment)
  if (!link)
    throw new BrokerRefused(`recording ${pacticipant} in ${environment}`, 404, ['the broker offers no address for it'])
  await to.send('POST', link.href, instance === undefined ? {} : { applicationInstance: instance })
}
