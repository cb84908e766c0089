import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openTaskFiles, type TaskFiles } from './task-files.ts'
import { taskSchema, TodoClaim, type Stage, type Task } from './task.ts'

type Report = Readonly<{ kind: 'text'; text: string }>
const schema = taskSchema(TodoClaim, z.object({ kind: z.literal('text'), text: z.string() }))
type TextTask = Task<z.output<typeof TodoClaim>, Report>

const taskId = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let directory: string
let tasks: TaskFiles<TextTask>
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'task-files-'))
  tasks = await openTaskFiles(directory, schema)
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function task(stage: Stage<Report> = { at: 'claimed' }): TextTask {
  const claim = {
    kind: 'work',
    claimId: taskId,
    todoId: taskId,
    jobId: taskId,
    title: 'Greet',
    description: '',
    repository: { owner: 'example', name: 'greetings' },
    attempts: 1,
    leaseExpiresAt: new Date('2026-01-02T03:04:05.678Z'),
  } as const
  return { taskId, claim, stage }
}

const text = (value: string): Stage<Report> => ({ at: 'reported', report: { kind: 'text', text: value } })

test('a task is one file, and comes back as it was, also to another process', async () => {
  await tasks.add(task())
  expect(await readdir(directory)).toEqual([`${taskId}.json`])
  expect(await (await openTaskFiles(directory, schema)).read(taskId)).toEqual(task())
  expect(await tasks.ids()).toEqual([taskId])
})

test('files are the truth: one that appears is known at once, one that is removed is forgotten', async () => {
  expect(await tasks.read(taskId)).toBeUndefined()
  await writeFile(
    join(directory, `${taskId}.json`),
    JSON.stringify({ taskId, claim: null, stage: { at: 'abandoned' } }),
  )
  expect(await tasks.read(taskId)).toEqual({ taskId, claim: null, stage: { at: 'abandoned' } })
  await rm(join(directory, `${taskId}.json`))
  expect(await tasks.read(taskId)).toBeUndefined()
  expect(await tasks.change(taskId, () => task())).toBeUndefined()
  expect(await readdir(directory)).toEqual([])
})

test('changes come one after the other: none is lost', async () => {
  await tasks.add(task(text('')))
  const append = (letter: string) => (found: TextTask) => {
    const before = found.stage.at === 'reported' && found.stage.report.kind === 'text' ? found.stage.report.text : ''
    return { ...found, stage: text(before + letter) }
  }
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => tasks.change(taskId, append(letter))))
  expect((await tasks.read(taskId))?.stage).toEqual(text('abcdef'))
})

test('a change that throws changes nothing, and does not keep the next one', async () => {
  await tasks.add(task())
  const thrown = tasks.change(taskId, () => {
    throw new Error('no')
  })
  const changed = tasks.change(taskId, (found) => ({ ...found, stage: { at: 'abandoned' } }))
  await expect(thrown).rejects.toThrow('no')
  expect((await changed)?.stage).toEqual({ at: 'abandoned' })
})

test('readers never see half a file', async () => {
  const long = 'x'.repeat(200_000)
  await tasks.add(task(text(long)))
  const changes = Promise.all(
    ['a', 'b', 'c'].map((end) => tasks.change(taskId, (found) => ({ ...found, stage: text(long + end) }))),
  )
  const sizes = await Promise.all(
    Array.from({ length: 50 }, async () => (await readFile(join(directory, `${taskId}.json`), 'utf8')).endsWith('}\n')),
  )
  expect(new Set(sizes)).toEqual(new Set([true]))
  await changes
})

test('a file that holds no task is an error that says which', async () => {
  await writeFile(join(directory, `${taskId}.json`), '{')
  await expect(tasks.read(taskId)).rejects.toThrow(`${join(directory, `${taskId}.json`)} holds no task. Remove it.`)
})

test('what ended long ago is forgotten, what is open never', async () => {
  const long = new Date(Date.now() - 1_000_000)
  const openId = crypto.randomUUID()
  for (const each of [task({ at: 'abandoned' }), { ...task(), taskId: openId }]) {
    await tasks.add(each)
    await utimes(join(directory, `${each.taskId}.json`), long, long)
  }
  const lately = { ...task({ at: 'abandoned' }), taskId: crypto.randomUUID() }
  await tasks.add(lately)
  await tasks.forgetEnded(Date.now() - 500_000)
  expect((await tasks.ids()).toSorted()).toEqual([openId, lately.taskId].toSorted())
})

test('what a crash left half written is removed at the next start, what is being written is not', async () => {
  const long = new Date(Date.now() - 1_000_000)
  for (const name of ['old.unfinished', 'new.unfinished']) await writeFile(join(directory, name), '{')
  await utimes(join(directory, 'old.unfinished'), long, long)
  await openTaskFiles(directory, schema)
  expect(await readdir(directory)).toEqual(['new.unfinished'])
})
