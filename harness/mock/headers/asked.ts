import type { Fault } from '#harness/fault/fault.ts'
import { readFaults } from './faults.ts'
import { faultHeader, preferHeader, sessionHeader, sessionSubprotocol } from './names.ts'
import { readPreferences, type Preferences } from './preferences.ts'
import { refuseHeader } from './refuse-header.ts'

/** What the headers of a request ask of a mock, as they came. */
export type Steering = Readonly<{ session: string | null; prefer: string | null; fault: string | null }>

/** What they ask of a request; undefined where that is nothing. */
export function steeringOf({ headers }: Request): Steering | undefined {
  const session = headers.get(sessionHeader)
  const prefer = headers.get(preferHeader)
  const fault = headers.get(faultHeader)
  return session === null && prefer === null && fault === null ? undefined : { session, prefer, fault }
}

/** The same of an upgrade, where the session may be a subprotocol. */
export function steeringOfUpgrade(request: Request): Steering | undefined {
  const offered = request.headers.get('sec-websocket-protocol')
  const protocol = offered
    ?.split(',')
    .map((item) => item.trim())
    .find((item) => item.startsWith(sessionSubprotocol))
  const steering = steeringOf(request)
  if (protocol === undefined) return steering
  const { session = null, prefer = null, fault = null } = steering ?? {}
  return { session: session ?? protocol.slice(sessionSubprotocol.length), prefer, fault }
}

/** What a request asks for, read. */
export type Asked = Readonly<{
  session: string | undefined
  preferences: Preferences | undefined
  faults: readonly Fault[]
}>

/** @throws Refusal with 400 for what cannot be read. */
export function readSteering({ session, prefer, fault }: Steering): Asked {
  return {
    session: session === null ? undefined : sessionId(session),
    preferences: prefer === null ? undefined : readPreferences(prefer),
    faults: fault === null ? [] : readFaults(fault),
  }
}

/** An id as it may stand in a header, a subprotocol and a log. */
const acceptable = /^[\w.:-]{1,128}$/

/** @throws Refusal with 400 for what is no id of a session. */
export function sessionId(text: string): string {
  if (acceptable.test(text)) return text
  const shown = text.slice(0, 40)
  throw refuseHeader(sessionHeader, shown, 'an id has 1 to 128 letters, digits, or one of "_", ".", ":", "-".')
}
