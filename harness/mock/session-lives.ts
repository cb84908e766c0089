import { sessionHeader } from './headers/names.ts'
import { keepSessions, type Sessions } from './headers/sessions.ts'
import { endLife, type Life } from './life.ts'
import type { MockOptions } from './mock.ts'

type SessionOptions<Memory> = Pick<MockOptions, 'mostSessions' | 'onNotice' | 'peers'> &
  Readonly<{ begin: () => Life<Memory> }>

const defaultMost = 100

/** Keeps the lives of a mock's sessions. What the mock does by itself, it does in none of them; that is told once. */
export function sessionLives<Memory extends object>(
  name: string,
  { background }: Readonly<{ background?: unknown }>,
  options: SessionOptions<Memory>,
): Sessions<Life<Memory>> {
  const { begin, peers, mostSessions = defaultMost, onNotice = (text) => console.warn(text) } = options
  let isTold = background === undefined || peers === undefined
  return keepSessions({
    most: mostSessions,
    make() {
      if (!isTold) onNotice(`${name}: what it does by itself, it does outside of all sessions (${sessionHeader}).`)
      isTold = true
      return begin()
    },
    onDropped(id, life) {
      onNotice(
        `${name}: session "${id}" is dropped, as there are more than ${mostSessions}. It begins anew when asked again.`,
      )
      void endLife(life)
    },
  })
}
