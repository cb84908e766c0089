import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  jobId,
  otherJobId,
  otherTodoId,
  refused,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { ownerAt } from './testing/recorded-owner.ts'

const owner = consumer('prometheus-owner').of(coordinator)
const { callerKnown, jobCompleted, jobExists, jobsExist } = coordinator.states
const ann = callerKnown({ name: 'ann', role: 'owner' })
const own = jobExists({ job_id: jobId, owner: 'ann', name: 'Documentation' })
const three = jobsExist({ owner: 'ann', names: ['First', 'Second', 'Third'] })

function listed(name: string) {
  return {
    job_id: jobId,
    status: 'pending',
    progress: 0,
    swarm_spec: { name: exactly(name) },
    error: null,
    metadata: {},
    created_at: time,
    updated_at: time,
  } as const
}

const planId = unknownId
const done = { title: 'A step', status: exactly('done'), attempts: 1, pull_request_url: null } as const

function pagination(page: number, totalItems: number, totalPages: number) {
  return { page: exactly(page), total_items: exactly(totalItems), total_pages: exactly(totalPages) }
}

owner.records(
  'lists the newest jobs first',
  {
    given: [ann, three],
    call: coordinator.listJobs({ query: { page: 1, per_page: 2 } }),
    reply: { status: 200, body: { data: [listed('Third'), listed('Second')], pagination: pagination(1, 3, 2) } },
  },
  async (api) => {
    const { jobs, ...page } = await ownerAt(api).jobs({ perPage: 2 })
    expect(jobs.map(({ name }) => name)).toEqual(['Third', 'Second'])
    expect(jobs[0]).toMatchObject({ jobId, status: 'pending', createdAt: new Date(time) })
    expect(page).toEqual({ page: 1, totalItems: 3, totalPages: 2 })
  },
)

owner.records(
  'lists the oldest job on the last page',
  {
    given: [ann, three],
    call: coordinator.listJobs({ query: { page: 2, per_page: 2 } }),
    reply: { status: 200, body: { data: [listed('First')], pagination: pagination(2, 3, 2) } },
  },
  async (api) => {
    const { jobs } = await ownerAt(api).jobs({ page: 2, perPage: 2 })
    expect(jobs.map(({ name }) => name)).toEqual(['First'])
  },
)

owner.records(
  'lists no jobs where there are none',
  {
    given: [ann, jobsExist({ owner: 'ann', names: [] })],
    call: coordinator.listJobs({ query: { page: 1, per_page: 20 } }),
    reply: { status: 200, body: { data: [], pagination: pagination(1, 0, 0) } },
  },
  async (api) => {
    expect(await ownerAt(api).jobs()).toEqual({ jobs: [], page: 1, totalItems: 0, totalPages: 0 })
  },
)

owner.records(
  'lists the jobs of one status',
  {
    given: [
      ann,
      own,
      jobExists({ job_id: otherJobId, owner: 'ann', name: 'Tests', status: 'cancelled' }),
      jobExists({ job_id: unknownId, owner: 'bob', name: 'Secrets', status: 'cancelled' }),
    ],
    call: coordinator.listJobs({ query: { page: 1, per_page: 20, status: 'cancelled' } }),
    reply: {
      status: 200,
      body: {
        data: [
          {
            job_id: exactly(otherJobId),
            status: exactly('cancelled'),
            progress: 0,
            swarm_spec: { name: exactly('Tests') },
            error: null,
            metadata: {},
            created_at: time,
            updated_at: time,
          },
        ],
        pagination: pagination(1, 1, 1),
      },
    },
  },
  async (api) => {
    const { jobs } = await ownerAt(api).jobs({ status: 'cancelled' })
    expect(jobs).toMatchObject([{ jobId: otherJobId, name: 'Tests', status: 'cancelled' }])
  },
)

owner.records(
  'is refused a page that there cannot be',
  {
    given: [ann],
    call: coordinator.listJobs({ query: { page: 0, per_page: 20 } }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: query.page.') },
  },
  async (api) => {
    expect(await refusalBy(ownerAt(api).jobs({ page: 0 }))).toMatchObject({ kind: 'invalid' })
  },
)

owner.records(
  'sees the todos of a job, at first its plan',
  {
    given: [ann, own],
    call: coordinator.listTodos({ params: { job_id: jobId }, query: { page: 1, per_page: 20 } }),
    reply: {
      status: 200,
      body: {
        data: [
          {
            todo_id: todoId,
            kind: exactly('plan'),
            title: exactly('Documentation'),
            status: exactly('queued'),
            attempts: exactly(0),
            pull_request_url: null,
          },
        ],
        pagination: pagination(1, 1, 1),
      },
    },
  },
  async (api) => {
    expect(await ownerAt(api).todos(jobId)).toEqual({
      todos: [{ todoId, kind: 'plan', title: 'Documentation', status: 'queued', attempts: 0, pullRequestUrl: null }],
      page: 1,
      totalItems: 1,
      totalPages: 1,
    })
  },
)

const completed = jobCompleted({
  job_id: jobId,
  owner: 'ann',
  results: [
    { todo_id: todoId, output: 'Wrote a README.', metadata: { commit: 'abc1234' } },
    { todo_id: otherTodoId, output: 'Wrote a guide.', metadata: {} },
  ],
})

owner.records(
  'sees the todos of a job in the order of its plan',
  {
    given: [ann, completed],
    call: coordinator.listTodos({ params: { job_id: jobId }, query: { page: 1, per_page: 20 } }),
    reply: {
      status: 200,
      body: {
        data: [
          { ...done, todo_id: planId, kind: exactly('plan') },
          { ...done, todo_id: exactly(todoId), kind: exactly('work') },
          { ...done, todo_id: exactly(otherTodoId), kind: exactly('work') },
        ],
        pagination: pagination(1, 3, 1),
      },
    },
  },
  async (api) => {
    const list = await ownerAt(api).todos(jobId)
    expect(list?.todos.map((todo) => [todo.kind, todo.todoId])).toEqual([
      ['plan', planId],
      ['work', todoId],
      ['work', otherTodoId],
    ])
  },
)

owner.records(
  'sees no todos after the last page',
  {
    given: [ann, own],
    call: coordinator.listTodos({ params: { job_id: jobId }, query: { page: 2, per_page: 5 } }),
    reply: { status: 200, body: { data: [], pagination: pagination(2, 1, 1) } },
  },
  async (api) => {
    expect(await ownerAt(api).todos(jobId, { page: 2, perPage: 5 })).toMatchObject({ todos: [], totalPages: 1 })
  },
)

owner.records(
  'sees no todos of a job that there is not',
  {
    given: [ann],
    call: coordinator.listTodos({ params: { job_id: unknownId }, query: { page: 1, per_page: 20 } }),
    reply: { status: 404, body: refused(exactly('not_found'), 'There is no such job.') },
  },
  async (api) => {
    expect(await ownerAt(api).todos(unknownId)).toBeUndefined()
  },
)

owner.records(
  'gets what came of a job, in the order of its plan',
  {
    given: [ann, completed],
    call: coordinator.getJobResult({ params: { job_id: jobId } }),
    reply: {
      status: 200,
      body: {
        data: {
          completed_at: time,
          results: [
            { todo_id: exactly(todoId), output: exactly('Wrote a README.'), metadata: { commit: exactly('abc1234') } },
            { todo_id: exactly(otherTodoId), output: exactly('Wrote a guide.'), metadata: {} },
          ],
        },
      },
    },
  },
  async (api) => {
    expect(await ownerAt(api).result(jobId)).toEqual({
      completedAt: new Date(time),
      results: [
        { todoId, output: 'Wrote a README.', metadata: { commit: 'abc1234' } },
        { todoId: otherTodoId, output: 'Wrote a guide.', metadata: {} },
      ],
    })
  },
)

owner.records(
  'gets nothing of a job that is not completed',
  {
    given: [ann, own],
    call: coordinator.getJobResult({ params: { job_id: jobId } }),
    reply: { status: 404, body: refused(exactly('not_found'), 'The job is not completed.') },
  },
  async (api) => {
    expect(await ownerAt(api).result(jobId)).toBeUndefined()
  },
)
