import { z } from 'zod'
import { Fault } from '#harness/fault/fault.ts'
import { anyone } from '#harness/scenario/anyone.ts'

export { anyone }

const Name = z.string().min(1)
const Milliseconds = z.number().min(0)

/** What a state takes, as JSON Schema, and the names of what it provides. */
const State = z.object({
  name: Name,
  params: z.record(z.string(), z.unknown()).describe('JSON Schema of its parameters.'),
  provides: z.array(z.string()).describe('Names of the values that setting it up gives.'),
})

const Operation = z.object({
  name: Name,
  kind: z.enum(['http', 'sse', 'ws']),
  method: z.string(),
  path: z.string().describe('With {parameters}.'),
})

const ComponentKind = z.enum(['mock', 'live', 'url'])

export const Component = z.object({
  name: Name,
  kind: ComponentKind,
  up: z.boolean(),
  url: z.string().describe('Where callers of the outside find it; traffic goes through a tap.'),
  detail: z.string().describe('For people: seed of a mock, process of a live service, address of one that others run.'),
  stores: z.array(z.string()),
  states: z.array(State),
  /** Whether `setState` works: somebody else's service has no states here. */
  takesStates: z.boolean(),
  operations: z.array(Operation),
})

export const ArmedFault = z.strictObject({
  fault: Fault,
  operation: Name.optional().describe('The one operation that it meets; all of the edge where it is absent.'),
})

export const Edge = z.object({
  consumer: Name.describe(`A component, or "${anyone}" for callers from outside that could be several.`),
  provider: Name,
  urls: z.array(z.string()).describe('Where this consumer calls the provider.'),
  interactions: z.int().min(0).describe('How many interactions its pact has.'),
  faults: z.array(ArmedFault.extend({ acted: z.int().min(0).describe('How often it has acted.') })),
})

/** A state that was set up since the last reset. */
const Established = z.object({
  component: Name,
  state: Name,
  params: z.record(z.string(), z.unknown()),
  session: z.string().optional().describe('The session of the mock that it was set up in; absent for all others.'),
  at: z.iso.datetime(),
})

export const Stack = z.object({
  system: Name,
  components: z.array(Component),
  edges: z.array(Edge),
  established: z.array(Established),
})

/** Where in an exchange something differs from what was recorded or declared: `$.request.query.page: 2, not 1`. */
const Differences = z.array(z.string())

/** What an exchange is, seen from contract and pacts. */
export const Match = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('recorded').describe('An interaction of a pact is like it.'),
    consumer: Name,
    interaction: z.string(),
  }),
  z.object({
    kind: z.literal('unrecorded').describe('The contract has it, and no pact.'),
    nearest: z.object({ consumer: Name, interaction: z.string(), differences: Differences }).optional(),
  }),
  z.object({
    kind: z.literal('undeclared').describe('The contract has no such operation, or not this reply of it.'),
    nearest: z.object({ operation: Name, signature: z.string(), differences: Differences }).optional(),
  }),
])

export const ExchangeSummary = z.object({
  id: z.int().min(1),
  at: z.iso.datetime(),
  consumer: Name,
  provider: Name,
  operation: Name.optional().describe('Absent where the contract has none for it.'),
  method: z.string(),
  path: z.string().describe('Without the query.'),
  status: z.int().optional().describe('Absent where no answer came; 101 for a channel.'),
  milliseconds: Milliseconds,
  outcome: z.enum(['answered', 'streamed', 'reset', 'aborted', 'unreachable', 'hung']),
  faults: z.array(z.string()).describe('Kinds of the faults that were armed for it.'),
  match: Match,
})

/** A body as it is shown: secrets are masked. */
export const ShownBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('json'), value: z.unknown() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('bytes'), size: z.int().min(0) }),
])

const Headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

export const ExchangeDetail = ExchangeSummary.extend({
  query: z.record(z.string(), z.array(z.string())),
  request: z.object({ headers: Headers, body: ShownBody }),
  reply: z.object({ status: z.int(), headers: Headers, body: ShownBody }).optional(),
  events: z.array(z.object({ id: z.string().optional(), event: z.string(), data: z.unknown() })).optional(),
  messages: z.array(z.object({ from: z.enum(['consumer', 'provider']), data: z.unknown() })).optional(),
  cut: z.boolean().describe('More was said than is kept: 64 KiB of a body, 1 MiB of a stream.'),
})

/** How often something was called since the exchanges were cleared. */
const OperationCoverage = z.object({
  operation: Name,
  called: z.int().min(0),
  recorded: z.int().min(0).describe('Calls that an interaction of a pact is like.'),
})

export const EdgeCoverage = z.object({
  consumer: Name,
  provider: Name,
  operations: z.array(OperationCoverage).describe('Each operation of the provider that was called.'),
  undeclared: z.int().min(0).describe('Calls that the contract has no operation or reply for.'),
  interactions: z.array(z.object({ interaction: z.string(), seen: z.int().min(0) })).describe('All of its pact.'),
})

/** Something to know that is no exchange. */
export const Notice = z.object({
  at: z.iso.datetime(),
  level: z.enum(['info', 'warning', 'error']),
  component: Name.optional(),
  message: z.string(),
})
