import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { jobId, refused, time, unknownId } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { documentation } from './testing/examples.ts'
import { ownerAt } from './testing/recorded-owner.ts'

const owner = consumer('prometheus-owner').of(coordinator)
const { callerKnown, jobCompleted, jobExists } = coordinator.states
const ann = callerKnown({ name: 'ann', role: 'owner' })
const own = jobExists({ job_id: jobId, owner: 'ann', name: 'Documentation' })
const completed = jobCompleted({ job_id: jobId, owner: 'ann', results: [] })
const unknown = { status: 404, body: refused(exactly('not_found'), 'There is no such job.') } as const
const newJob = { swarm_spec: documentation.spec, repository: documentation.repository }

function pending(id: string | ReturnType<typeof exactly<string>>) {
  return {
    job_id: id,
    status: exactly('pending'),
    progress: exactly(0),
    swarm_spec: { name: exactly('Documentation') },
    error: null,
    metadata: {},
    created_at: time,
    updated_at: time,
  } as const
}

const asRead = {
  jobId,
  name: 'Documentation',
  status: 'pending',
  progress: 0,
  error: null,
  metadata: {},
  createdAt: new Date(time),
  updatedAt: new Date(time),
}

owner.records(
  'has a job done',
  {
    given: [ann],
    call: coordinator.createJob({ body: { ...newJob, metadata: { ticket: 'DOC-7' } } }),
    reply: { status: 201, body: { data: { ...pending(jobId), metadata: { ticket: exactly('DOC-7') } } } },
  },
  async (api) => {
    expect(await ownerAt(api).createJob(documentation)).toEqual({ ...asRead, metadata: { ticket: 'DOC-7' } })
  },
)

owner.records(
  'has a job done that says just what it must',
  {
    given: [ann],
    call: coordinator.createJob({ body: newJob }),
    reply: { status: 201, body: { data: pending(jobId) } },
  },
  async (api) => {
    const { metadata: _metadata, ...required } = documentation
    expect(await ownerAt(api).createJob(required)).toEqual(asRead)
  },
)

owner.records(
  'is refused a job that nobody works on',
  {
    given: [ann],
    call: coordinator.createJob({ body: { ...newJob, swarm_spec: { ...documentation.spec, agents: [] } } }),
    reply: {
      status: 422,
      body: {
        error: {
          code: 'validation_error',
          message: 'Not valid: body.swarm_spec.agents.',
          details: [
            { field: exactly('body.swarm_spec.agents'), message: 'Too small: expected array to have >=1 items' },
          ],
        },
      },
    },
  },
  async (api) => {
    const idle = { ...documentation.spec, agents: [] }
    const refusal = await refusalBy(ownerAt(api).createJob({ spec: idle, repository: documentation.repository }))
    expect(refusal).toMatchObject({ kind: 'invalid', fields: [{ field: 'body.swarm_spec.agents' }] })
  },
)

owner.records(
  'sees an own job',
  {
    given: [ann, own],
    call: coordinator.getJob({ params: { job_id: jobId } }),
    reply: { status: 200, body: { data: pending(exactly(jobId)) } },
  },
  async (api) => {
    expect(await ownerAt(api).job(jobId)).toEqual(asRead)
  },
)

owner.records(
  'sees that a job is completed',
  {
    given: [ann, completed],
    call: coordinator.getJob({ params: { job_id: jobId } }),
    reply: {
      status: 200,
      body: {
        data: {
          ...pending(exactly(jobId)),
          status: exactly('completed'),
          progress: exactly(1),
          swarm_spec: { name: 'Documentation' },
        },
      },
    },
  },
  async (api) => {
    expect(await ownerAt(api).job(jobId)).toEqual({ ...asRead, status: 'completed', progress: 1 })
  },
)

owner.records(
  'sees no job where there is none',
  { given: [ann], call: coordinator.getJob({ params: { job_id: unknownId } }), reply: unknown },
  async (api) => {
    expect(await ownerAt(api).job(unknownId)).toBeUndefined()
  },
)

owner.records(
  'does not see the job of somebody else',
  {
    given: [ann, jobExists({ job_id: jobId, owner: 'bob', name: 'Documentation' })],
    call: coordinator.getJob({ params: { job_id: jobId } }),
    reply: unknown,
  },
  async (api) => {
    expect(await ownerAt(api).job(jobId)).toBeUndefined()
  },
)

owner.records(
  'is refused a job id that is none',
  {
    given: [ann],
    call: coordinator.getJob({ params: { job_id: 'the-first-one' } }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: path.job_id.') },
  },
  async (api) => {
    expect(await refusalBy(ownerAt(api).job('the-first-one'))).toMatchObject({ kind: 'invalid' })
  },
)

const cancelCall = coordinator.setJobStatus({ params: { job_id: jobId }, body: { status: 'cancelled' } })

owner.records(
  'cancels a job',
  { given: [ann, own], call: cancelCall, reply: { status: 200, body: { data: { status: exactly('cancelled') } } } },
  async (api) => {
    expect(await ownerAt(api).cancel(jobId)).toEqual({ kind: 'cancelled' })
  },
)

owner.records(
  'cancels a job again, which changes nothing',
  {
    given: [ann, jobExists({ job_id: jobId, owner: 'ann', name: 'Documentation', status: 'cancelled' })],
    call: cancelCall,
    reply: { status: 200, body: { data: { status: exactly('cancelled') } } },
  },
  async (api) => {
    expect(await ownerAt(api).cancel(jobId)).toEqual({ kind: 'cancelled' })
  },
)

owner.records(
  'cannot cancel a job that is completed',
  {
    given: [ann, completed],
    call: cancelCall,
    reply: { status: 409, body: refused(exactly('job_ended'), 'The job is completed.') },
  },
  async (api) => {
    expect(await ownerAt(api).cancel(jobId)).toEqual({ kind: 'ended' })
  },
)

owner.records(
  'cannot cancel a job that there is not',
  {
    given: [ann],
    call: coordinator.setJobStatus({ params: { job_id: unknownId }, body: { status: 'cancelled' } }),
    reply: unknown,
  },
  async (api) => {
    expect(await ownerAt(api).cancel(unknownId)).toEqual({ kind: 'unknown' })
  },
)
