import type { Controlled } from '#harness/control/controlled.ts'
import type { Door } from '#harness/control/door.ts'
import type { ControlHost } from '#harness/control/host.ts'
import { notesSystem } from '#harness/testing/notes-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import type { Page } from '../page.ts'

const pact = {
  consumer: { name: 'desk-writer' },
  provider: { name: 'desk-notes' },
  interactions: [
    {
      type: 'Synchronous/HTTP',
      description: 'adds a note',
      request: { method: 'POST', path: '/notes', body: { content: { text: 'a' }, contentType: 'application/json' } },
      response: { status: 201, body: { content: { text: 'a' }, contentType: 'application/json' } },
    },
    {
      type: 'Synchronous/HTTP',
      description: 'finds no note',
      request: { method: 'GET', path: '/notes/3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10' },
      response: { status: 404 },
    },
  ],
  metadata: { pactSpecification: { version: '4.0' } },
}

/** A project whose system `desk` has one mock, which keeps notes, and one pact. */
export function deskProject(): Promise<TemporaryProject> {
  return temporaryProject({ ...notesSystem, 'pacts/desk/writer--notes.json': JSON.stringify(pact) })
}

/** The desk with its control API and the dashboard. */
export type DeskStack = AsyncDisposable &
  Readonly<{
    host: ControlHost
    controlled: Controlled
    /** Where the writer finds the notes. */
    notes: string
  }>

/** Starts the desk of the project that CONCORDAT_ROOT names, its control API behind a door that is known where one is given. */
export async function startDesk(page: Page, door: Partial<Door> = {}): Promise<DeskStack> {
  const { loadSystem } = await import('#harness/project/systems.ts')
  const { startStack } = await import('#harness/scenario/stack.ts')
  const { control } = await import('#harness/control/controlled.ts')
  const { readPactBook } = await import('#harness/control/explain/pact-book.ts')
  const { hostControl } = await import('#harness/control/host.ts')
  const system = await loadSystem('desk')
  await using resources = new AsyncDisposableStack()
  let note: Controlled['note'] = () => undefined
  const stack = resources.use(await startStack(system, 'mock', { onExchange: (...given) => note(...given) }))
  const controlled = control(stack, { system, pacts: await readPactBook(system) })
  note = controlled.note
  const host = resources.use(await hostControl(controlled, { ...door, page }))
  const owned = resources.move()
  return {
    host,
    controlled,
    notes: stack.url('writer', 'notes'),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
