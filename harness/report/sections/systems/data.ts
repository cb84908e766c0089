import { z } from 'zod'

const Node = z.object({
  name: z.string(),
  kind: z.enum(['service', 'caller', 'entry']).describe('An entry passes requests on; a caller promises nothing.'),
  operations: z.int().min(0),
  stores: z.array(z.string()).describe('Kinds of its stores.'),
})

const GraphEdge = z.object({
  consumer: z.string(),
  provider: z.string(),
  interactions: z.int().min(0).describe('In its pact; 0 on an edge of an entry, which has none.'),
  state: z
    .enum(['verified', 'differs', 'unverified', 'passes on'])
    .describe('Whether all of them were replayed on live and mock alike; an entry only passes on.'),
})

export const SystemGraphs = z.array(z.object({ name: z.string(), nodes: z.array(Node), edges: z.array(GraphEdge) }))
export type SystemGraph = z.output<typeof SystemGraphs>[number]
