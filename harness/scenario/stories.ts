import { startUpMs } from '#harness/stack/patience.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { lastWords, withEvidence } from './failed-story.ts'
import { checkKind, kindName, stackTitle, type StackKind } from './kinds.ts'
import { startStack, type Stack, type StackOptions } from './stack.ts'
import { toldTraffic } from './told-traffic.ts'

/** Enough for a story on a busy machine. */
const storyMs = 30_000

/** Tells one story over a stack. */
export type Story = (stack: Stack) => Promise<void>

export type StoriesOptions = StackOptions &
  Readonly<{
    /** Milliseconds that a story may take. Default 30 s. */
    timeoutMs?: number
  }>

/**
 * Registers one Jest test for each story on each kind of stack: the same story on mocks in process, on mocks on ports, on
 * the live services, and on what mixes them, one kind after the other. States are taken back before each story; a request
 * id that a hop lost, and a mock that left its contract, fail it. A story that fails shows what live services said last.
 * @throws TypeError where a kind names a component that runs no service.
 */
// oxlint-disable-next-line eslint/max-params -- the options are few and seldom given
export async function stories(
  systemName: string,
  kinds: readonly StackKind[],
  tell: Readonly<Record<string, Story>>,
  options: StoriesOptions = {},
): Promise<void> {
  const system = await loadSystem(systemName)
  for (const kind of kinds) checkKind(system, kind)
  describe.each(kinds.map((kind) => [stackTitle(system, kind), kind] as const))('%s', (_title, kind) => {
    let stack: Stack
    beforeAll(async () => {
      stack = await startStack(system, kind, options)
    }, startUpMs)
    afterAll(async () => {
      await stack?.[Symbol.asyncDispose]()
    }, startUpMs)

    test.each(Object.entries(tell))(
      '%s',
      async (story, run) => {
        const result = { kind: 'scenario', system: systemName, story, target: kindName(system, kind) } as const
        const started = performance.now()
        const keep = (passed: boolean): Promise<void> =>
          keepResult({
            ...result,
            passed,
            milliseconds: Math.round(performance.now() - started),
            ...toldTraffic(system, stack),
          })
        try {
          await stack.reset()
          await tellOn(stack, run)
          await keep(true)
        } catch (error) {
          await keep(false)
          throw withEvidence(error, lastWords(system, stack))
        }
      },
      options.timeoutMs ?? storyMs,
    )
  })
}

/** What was wrong on the way fails a story that ends well, and explains one that does not. */
async function tellOn(stack: Stack, run: Story): Promise<void> {
  const wrong = (): string => stack.findings().map(describeFinding).join('\n')
  try {
    await run(stack)
  } catch (error) {
    throw withEvidence(error, wrong())
  }
  if (wrong() !== '') throw new WrongOnTheWay(wrong())
}

/** Fails a story that ended well. Its stack says nothing that its message does not. */
class WrongOnTheWay extends Error {
  override readonly name = 'WrongOnTheWay'

  constructor(findings: string) {
    super(findings)
    this.stack = findings
  }
}
