import { Keyspace } from './keyspace.ts'
import { PubSub } from './pub-sub.ts'
import type { Subscriber } from './pub-sub.ts'
import type { Command } from './command.ts'

const DATABASE_COUNT = 16

/** What all connections share. */
export type ServerState = {
  databases: readonly Keyspace[]
  pubSub: PubSub
  sessions: Set<Session>
  startedAt: number
}

/** What belongs to one connection. `queue` holds the commands since MULTI; it is `broken` after a wrong one. */
export type Session = Subscriber & {
  id: number
  name: string
  database: number
  queue: { commands: { command: Command; args: readonly string[] }[]; broken: boolean } | undefined
  /** It asked to go: nothing is read after the answer. */
  ended: boolean
}

export function newServerState(): ServerState {
  const databases = Array.from({ length: DATABASE_COUNT }, () => new Keyspace())
  return { databases, pubSub: new PubSub(), sessions: new Set(), startedAt: Date.now() }
}
