import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { none } from '#harness/contract/content.ts'
import { http, sse } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { bearer, security } from '#harness/contract/security.ts'
import { ArmedFault, EdgeCoverage, ExchangeDetail, ExchangeSummary, Notice, Stack } from './shapes.ts'

/** The token that `up` prints: who has it controls the stack. */
const holder = security('control-token', { carriers: [bearer()], value: 'token' })

const component = { component: z.string() }
const edge = { consumer: z.string(), provider: z.string() }
const Faults = z.strictObject({ faults: z.array(ArmedFault).max(20) })
const unknown = { 401: Problem, 404: Problem }
const refused = { ...unknown, 409: Problem, 422: Problem }

/** What can be seen and done about a running stack. Served on loopback by `concordat up`. */
export const control = contract('concordat-control', {
  errors: problem,
  operations: {
    getStack: http.get('/api/stack', {
      summary: 'The system: components, edges with their faults, states set up.',
      auth: holder,
      replies: { 200: Stack, 401: Problem },
    }),
    listExchanges: http.get('/api/exchanges', {
      summary: 'The last exchanges, newest last; the oldest are dropped beyond 1000.',
      auth: holder,
      query: {
        consumer: z.string().optional(),
        provider: z.string().optional(),
        operation: z.string().optional(),
        after: z.int().min(0).optional().describe('Only those with a greater id.'),
        limit: z.int().min(1).max(1000).default(200),
      },
      replies: {
        200: z.object({ exchanges: z.array(ExchangeSummary), dropped: z.int().min(0) }),
        401: Problem,
        422: Problem,
      },
    }),
    live: sse.get('/api/exchanges/live', {
      summary: 'What happens from now on; with Last-Event-ID what happened since, as far as it is kept.',
      auth: holder,
      events: { exchange: ExchangeSummary, notice: Notice, changed: z.object({}) },
      // `changed`: states, faults, components or exchanges are others than before: read the stack again.
      order: '(exchange | notice | changed)*',
      resumes: true,
      replies: { 401: Problem },
    }),
    getExchange: http.get('/api/exchanges/{id}', {
      summary: 'One exchange with headers and bodies, secrets masked.',
      auth: holder,
      params: { id: z.int().min(1) },
      replies: { 200: ExchangeDetail, ...unknown, 422: Problem },
    }),
    clearExchanges: http.delete('/api/exchanges', {
      summary: 'Forgets all exchanges and what they covered.',
      auth: holder,
      replies: { 204: none, 401: Problem },
    }),
    getCoverage: http.get('/api/coverage', {
      summary: 'What of the pacts was really called, and what was called that is in no pact.',
      auth: holder,
      replies: { 200: z.object({ edges: z.array(EdgeCoverage) }), 401: Problem },
    }),
    setState: http.put('/api/components/{component}/states/{state}', {
      summary: 'Puts a component into a state. The body holds its parameters.',
      auth: holder,
      params: { ...component, state: z.string() },
      query: {
        session: z.string().optional().describe('Only this session of a mock, as named in x-concordat-session.'),
      },
      body: z.record(z.string(), z.unknown()),
      replies: { 200: z.object({ provided: z.record(z.string(), z.unknown()) }), ...refused },
    }),
    setComponent: http.put('/api/components/{component}', {
      summary: 'Swaps a component: its mock, or one that somebody else runs.',
      auth: holder,
      params: component,
      body: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('mock') }),
        z.strictObject({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }) }),
      ]),
      replies: { 204: none, ...refused },
    }),
    reset: http.post('/api/reset', {
      summary: 'Takes back all states and faults, and brings back who is down. Exchanges stay.',
      auth: holder,
      replies: { 204: none, 401: Problem, 409: Problem },
    }),
    getFaults: http.get('/api/edges/{consumer}/{provider}/faults', {
      summary: 'The faults of an edge.',
      auth: holder,
      params: edge,
      replies: { 200: Faults, ...unknown },
    }),
    setFaults: http.put('/api/edges/{consumer}/{provider}/faults', {
      summary: 'Arms these faults on an edge, in place of those that it had.',
      auth: holder,
      params: edge,
      body: Faults,
      replies: { 200: Faults, ...unknown, 422: Problem },
    }),
    clearFaults: http.delete('/api/edges/{consumer}/{provider}/faults', {
      summary: 'Takes the faults of an edge back.',
      auth: holder,
      params: edge,
      replies: { 204: none, ...unknown },
    }),
  },
})
