import { keepResult } from '#harness/project/results.ts'
import { latencies } from '#harness/scenario/latencies.ts'
import { stories } from '#harness/scenario/stories.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { swiftClaims } from './credentials/swift-claims.ts'
import { newJob } from './jobs.ts'
import { coordinatorFor, newNodes, onlyKnowing } from './nodes.ts'
import { ownerAt } from './owner.ts'
import { withSettings } from './settings.ts'

const jobs = 20
const steps = Array.from({ length: 100 }, (_, index) => `Step ${index + 1}`)
const nodes = newNodes(...Array.from({ length: 200 }, (_, index) => `node-${index + 1}`))
/** How many requests are under way at most. */
const inFlight = 64
/** No time is asserted: this only ends a run that hangs. */
const timeoutMs = 120_000

await stories(
  'prometheus',
  [{ live: ['coordinator'] }],
  {
    async 'hundreds of nodes claim thousands of todos, and each todo is claimed once'(stack) {
      const planned = await plan(stack)
      expect(planned.length).toBe(jobs * steps.length)
      const url = stack.url('node-worker', 'coordinator')
      const waiting = nodes.map((node) => swiftClaims(url, node))
      const claims = latencies('claims')
      const claimed: string[] = []
      const failures: unknown[] = []
      async function serveNodes(): Promise<void> {
        for (let claim = waiting.shift(); claim; claim = waiting.shift()) {
          const todoId = await claims.time(claim).catch((error: unknown) => void failures.push(error))
          if (todoId === undefined) continue
          claimed.push(todoId)
          waiting.push(claim)
        }
      }
      await Promise.all(Array.from({ length: inFlight }, serveNodes))
      const name = `${nodes.length} nodes claim ${planned.length} todos`
      await keepResult({ kind: 'load', system: 'prometheus', name, figures: claims.figures() })

      expect(failures).toEqual([])
      const once = new Set(claimed)
      expect(claimed.length).toBe(once.size)
      expect(planned.filter((todoId) => !once.has(todoId))).toEqual([])
      expect(claims.figures()).toContainEqual({ name: 'errors', value: 0, unit: '' })
    },
  },
  { environment: withSettings(onlyKnowing(nodes)), timeoutMs },
)

/** Has jobs planned, with many todos each; gives the ids of all todos. */
async function plan(stack: Stack): Promise<readonly string[]> {
  const owner = ownerAt(stack)
  const planner = coordinatorFor(stack, nodes[0]!)
  const todos: string[] = []
  for (let made = 0; made < jobs; made++) {
    await owner.createJob(newJob(...steps))
    const claim = await planner.claimPlan()
    const stored = await planner.putPlan(
      claim!,
      steps.map((title) => ({ title, description: title })),
    )
    if (stored.kind === 'done') todos.push(...stored.value.map(({ todoId }) => todoId))
  }
  return todos
}
