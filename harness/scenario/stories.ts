import { startUpMs } from '#harness/stack/patience.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { startStack, type Stack, type StackKind } from './stack.ts'

/** Enough for a story on a busy machine. */
const storyMs = 30_000

/** Tells one story over a stack. */
export type Story = (stack: Stack) => Promise<void>

/**
 * Registers one Jest test for each story on each kind of stack: the same story on mocks in process, on mocks on ports and
 * on the live services. States are taken back before each; a request id that a hop lost fails the story.
 */
export async function stories(
  systemName: string,
  kinds: readonly StackKind[],
  tell: Readonly<Record<string, Story>>,
): Promise<void> {
  const system = await loadSystem(systemName)
  describe.each(kinds)(`${systemName} on %s`, (kind) => {
    let stack: Stack
    beforeAll(async () => {
      stack = await startStack(system, kind)
    }, startUpMs)
    afterAll(async () => {
      await stack?.[Symbol.asyncDispose]()
    }, startUpMs)

    test.each(Object.entries(tell))(
      '%s',
      async (story, run) => {
        const result = { kind: 'scenario', system: systemName, story, target: kind } as const
        try {
          await stack.reset()
          await run(stack)
          const lost = stack.findings()
          if (lost.length > 0) throw new Error(lost.map(describeFinding).join('\n'))
          await keepResult({ ...result, passed: true })
        } catch (error) {
          await keepResult({ ...result, passed: false })
          throw error
        }
      },
      storyMs,
    )
  })
}
