import type { Document } from '../broker-client.ts'
import { embedded, text } from './documents.ts'
import type { Move } from './move-broker.ts'

const fields = ['displayName', 'mainBranch', 'repositoryUrl', 'repositoryName', 'repositoryNamespace'] as const

/** Moves pacticipants with what is said of them, and gives their names. */
export async function movePacticipants({ from, to }: Move): Promise<readonly string[]> {
  const all = embedded(await from.get('/pacticipants'), 'pacticipants')
  const names: string[] = []
  for (const one of all) {
    const name = text(one, 'name')
    if (name === undefined) continue
    const path = `/pacticipants/${encodeURIComponent(name)}`
    const whole = await from.get(path)
    await ensure({ from, to }, { name, path, whole })
    for (const label of embedded(whole, 'labels').flatMap((document) => text(document, 'name') ?? []))
      await to.send('PUT', `${path}/labels/${encodeURIComponent(label)}`, {})
    names.push(name)
  }
  return names
}

async function ensure(
  { to }: Move,
  { name, path, whole }: { name: string; path: string; whole: Document },
): Promise<void> {
  const known = Object.fromEntries(fields.flatMap((field) => (whole[field] ? [[field, whole[field]]] : [])))
  if ((await to.find(path)) === undefined) await to.send('POST', '/pacticipants', { name, ...known })
  else if (Object.keys(known).length > 0) await to.send('PATCH', path, known)
}
