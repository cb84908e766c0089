import type { Facts } from './facts.ts'
import { equalValues, shapeDifferences } from './shape-differences.ts'

/**
 * In what a call differs from what was recorded, by status and the shape of the request; empty where it is like it.
 * @param telling headers, in lower case, whose presence makes it another call
 */
export function differences(recorded: Facts, called: Facts, telling: ReadonlySet<string>): readonly string[] {
  if (recorded.transport !== called.transport)
    return [`${words[called.transport]}, recorded as ${words[recorded.transport]}`]
  return [
    ...(recorded.status === called.status
      ? []
      : [`$.reply.status: ${called.status ?? 'no reply'}, recorded with ${recorded.status}`]),
    ...namesDiffer('$.request.query', new Set(Object.keys(recorded.query)), new Set(Object.keys(called.query))),
    ...namesDiffer('$.request.headers', pick(recorded.headers, telling), pick(called.headers, telling)),
    ...shapeDifferences(recorded.body, called.body, '$.request.body'),
    ...streamDiffers(recorded, called),
  ]
}

/** How much a call has in common with what was recorded, beyond what has to be alike. */
export function likeness(recorded: Facts, called: Facts): number {
  const credentials = ['authorization', 'cookie'].filter(
    (name) => recorded.headers.has(name) === called.headers.has(name),
  )
  return (
    equalValues(recorded.query, called.query) +
    equalValues(recorded.body, called.body) +
    equalValues(recorded.replyBody, called.replyBody) +
    shapeLikeness(recorded.replyBody, called.replyBody) +
    credentials.length
  )
}

const words: Readonly<Record<Facts['transport'], string>> = {
  http: 'a whole reply',
  sse: 'a stream of events',
  ws: 'a channel',
  preflight: 'a preflight',
}

function shapeLikeness(recorded: unknown, called: unknown): number {
  return shapeDifferences(recorded, called, '').some((difference) => !difference.endsWith(': not recorded')) ? 0 : 1
}

function namesDiffer(path: string, recorded: ReadonlySet<string>, called: ReadonlySet<string>): readonly string[] {
  return [
    ...[...recorded].filter((name) => !called.has(name)).map((name) => `${path}.${name}: missing`),
    ...[...called].filter((name) => !recorded.has(name)).map((name) => `${path}.${name}: not recorded`),
  ]
}

function pick(names: ReadonlySet<string>, telling: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => telling.has(name)))
}

/** A channel may be open for long: all that was recorded has to be there, and more may be. A stream has no other events. */
function streamDiffers(recorded: Facts, called: Facts): readonly string[] {
  const isChannel = recorded.transport === 'ws'
  const missing = [...recorded.received]
    .filter((name) => !called.received.has(name))
    .map((name) => `${name}: did not come`)
  const more = [...called.received]
    .filter((name) => !recorded.received.has(name))
    .map((name) => `${name}: not recorded`)
  const unsent = [...recorded.sent].filter((name) => !called.sent.has(name)).map((name) => `${name}: not sent`)
  return [...missing, ...(isChannel ? unsent : more)].map((what) => `$.${isChannel ? 'messages' : 'events'}.${what}`)
}
