import {
  answeredPage,
  repliedWith,
  replyAs,
  replyBody,
  replyField,
  requestMethod,
  requestPath,
  withoutReplyHeader,
} from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { drop, rename, set, turn } from '#harness/drift/json-place.ts'
import { inBody, inHeader, inStatus } from '#harness/drift/places.ts'

const dataOf = (body: unknown): unknown => (body as { data: unknown }).data

const routes: readonly Drift[] = [
  {
    class: 'C1',
    operation: 'createJob',
    name: 'served under /api/v1',
    hooks: requestPath((path) => path.replace('/api/', '/api/v1/')),
    expected: inStatus,
  },
  {
    class: 'C2',
    operation: 'setJobStatus',
    name: 'POST where PUT is called',
    hooks: requestMethod('POST'),
    expected: inStatus,
  },
  {
    class: 'C3',
    operation: 'listTodos',
    name: 'not served: a page of the framework',
    hooks: answeredPage(404, '<!DOCTYPE html><pre>Cannot GET /api/swarm/jobs</pre>'),
    expected: inStatus,
  },
]

const replies: readonly Drift[] = [
  {
    class: 'C4',
    operation: 'createJob',
    name: '200 in place of 201',
    hooks: replyAs((reply) => ({ ...reply, status: 200 })),
    expected: inStatus,
  },
  {
    class: 'C6',
    operation: 'getJob',
    name: 'request id not echoed',
    hooks: withoutReplyHeader('x-request-id'),
    expected: inHeader('x-request-id'),
  },
  {
    class: 'C7',
    operation: 'createJob',
    name: 'flat, where reading the job gives {data}',
    hooks: replyBody(dataOf),
    expected: inBody(''),
  },
  {
    class: 'C7',
    operation: 'listTodos',
    name: 'the list wrapped in {success, data}',
    hooks: replyBody((data) => ({ success: true, data })),
    expected: inBody(''),
  },
]

const fields: readonly Drift[] = [
  {
    class: 'C8',
    operation: 'getJobResult',
    name: 'output is stored and never comes back',
    hooks: replyField('data.results[].output', drop),
    expected: inBody('\\.data\\.results\\[0\\]'),
  },
  {
    class: 'C8',
    operation: 'getJobResult',
    name: 'metadata of results is dropped',
    hooks: replyField('data.results[].metadata', set({})),
    expected: inBody('\\.data\\.results\\[0\\]\\.metadata'),
  },
  {
    class: 'C8',
    operation: 'createJob',
    name: 'metadata of a job is declared and dropped',
    hooks: replyField('data.metadata', set({})),
    expected: inBody('\\.data\\.metadata'),
  },
  {
    class: 'C9',
    operation: 'createJob',
    name: 'job_id in camel case',
    hooks: replyField('data.job_id', rename('jobId')),
    expected: inBody('\\.data$'),
  },
  {
    class: 'C10',
    operation: 'createJob',
    name: 'ids of a form of its own',
    hooks: replyField('data.job_id', set('swarms-8fA3kQ0dLw')),
    expected: inBody('\\.data\\.job_id'),
  },
  {
    class: 'C10',
    operation: 'getJob',
    name: 'progress of 0 to 100',
    hooks: replyField(
      'data.progress',
      turn((share) => Number(share) * 100),
    ),
    expected: inBody('\\.data\\.progress'),
  },
  {
    class: 'C10',
    operation: 'createJob',
    name: 'a schedule has to be text',
    hooks: repliedWith(
      422,
      { error: { code: 'validation_error', message: 'Not valid: body.swarm_spec.schedule.' } },
      ({ status }, { body }) => status === 201 && body.includes('"schedule":{'),
    ),
    expected: inStatus,
  },
  {
    class: 'C11',
    operation: 'getJob',
    name: 'another word for completed',
    hooks: replyField(
      'data.status',
      turn((status) => (status === 'completed' ? 'success' : status)),
    ),
    expected: inBody('\\.data\\.status'),
  },
  {
    class: 'C12',
    operation: 'listJobs',
    name: 'an empty text where there is no error',
    hooks: replyField('data[].error', set('')),
    expected: inBody('\\.data\\[0\\]\\.error'),
  },
]

/** Where a coordinator serves owners, and what its answers look like. */
export const ownerAnswers: readonly Drift[] = [...routes, ...replies, ...fields]
