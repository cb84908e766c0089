import { z } from 'zod'
import { firstDraft, jsonMistake, readDraft } from './draft.ts'
import type { Chance } from './example-value.ts'
import { fieldsOf } from './fields.ts'
import type { FormSchema } from './form-schema.ts'
import { refusedFields } from './refused-fields.ts'

const chance: Chance = {
  uuid: () => '3f6c1c1e-8f5a-4a5e-9d3b-0d6f6c1d2e3f',
  now: () => new Date('2026-11-20T10:00:00.000Z'),
}

function schemaOf(schema: z.ZodType): FormSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as FormSchema
}

const Step = z.object({ title: z.string(), seconds: z.int().optional() })
const state = schemaOf(
  z.object({
    note: z.string().nullable(),
    job_id: z.uuid(),
    status: z.enum(['queued', 'done']).optional(),
    round: z.int().min(1),
    approved: z.boolean(),
    steps: z.array(Step).min(1),
    limit: z.number().default(20),
    kind: z.literal('job'),
  }),
)

function fields() {
  return fieldsOf(state) ?? []
}

test('each property becomes a field by its type, those that are required first', () => {
  expect(fields().map(({ name, input, required }) => [name, input.kind, required])).toEqual([
    ['note', 'text', true],
    ['job_id', 'text', true],
    ['round', 'number', true],
    ['approved', 'choice', true],
    ['steps', 'json', true],
    ['kind', 'choice', true],
    ['status', 'choice', false],
    ['limit', 'number', false],
  ])
})

test('a form begins with what can be guessed', () => {
  expect(firstDraft(fields(), state, chance)).toEqual({
    note: '',
    job_id: '3f6c1c1e-8f5a-4a5e-9d3b-0d6f6c1d2e3f',
    status: '',
    round: '1',
    approved: 'false',
    steps: JSON.stringify([{ title: '' }], null, 2),
    limit: '20',
    kind: '"job"',
  })
})

test('inputs are read by their types; what is empty is left out, or null where only that fits', () => {
  const draft = { ...firstDraft(fields(), state, chance), status: '"done"', approved: 'true', limit: '' }
  expect(readDraft(fields(), draft)).toEqual({
    kind: 'ready',
    value: {
      note: null,
      job_id: '3f6c1c1e-8f5a-4a5e-9d3b-0d6f6c1d2e3f',
      status: 'done',
      round: 1,
      approved: true,
      steps: [{ title: '' }],
      kind: 'job',
    },
  })
})

test('each mistake is told at its field', () => {
  const draft = { job_id: 'x', round: '1.5', approved: '', steps: '[{', limit: 'many' }
  expect(readDraft(fields(), draft)).toEqual({
    kind: 'mistaken',
    mistakes: {
      kind: 'Choose one.',
      round: 'Give a whole number.',
      approved: 'Choose one.',
      steps: expect.stringMatching(/^No JSON: /),
      limit: 'Give a number.',
    },
  })
})

test('a schema that contains itself, and one by reference, are followed', () => {
  type Tree = { name: string; children: Tree[] }
  const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(Tree) }))
  const schema = schemaOf(z.object({ root: Tree }))
  const [field] = fieldsOf(schema) ?? []
  expect(field?.input.kind).toBe('json')
  expect(JSON.parse(firstDraft(fieldsOf(schema) ?? [], schema, chance)['root'] ?? '')).toMatchObject({ name: '' })
})

test('what is no object has no fields: it is given as one JSON value', () => {
  expect(fieldsOf(schemaOf(z.record(z.string(), z.int())))).toBeUndefined()
  expect(fieldsOf(schemaOf(z.object({})))).toEqual([])
  expect(jsonMistake('{"a": 1}')).toBeUndefined()
})

test('a refusal is told at the fields that it names', () => {
  const refused = refusedFields(
    [
      { field: 'body.job_id', message: 'Invalid UUID' },
      { field: 'steps.0.title', message: 'Too small' },
      { field: '$.steps[1]', message: 'Invalid input' },
      { field: 'body', message: 'Unrecognized key' },
    ],
    ['job_id', 'steps'],
  )
  expect(refused).toEqual({
    byField: { job_id: 'Invalid UUID', steps: '0.title: Too small · 1: Invalid input' },
    others: ['body: Unrecognized key'],
  })
})
