import { Fault } from '#harness/fault/fault.ts'
import { firstDraft, readDraft } from '../form/draft.ts'
import { browserChance } from '../form/example-value.ts'
import { fieldsOf } from '../form/fields.ts'
import { faultForms, fieldWords } from './fault-kinds.ts'

test('each kind of fault has a form, with a title and what it does', () => {
  const forms = faultForms()
  expect(forms.map(({ kind }) => kind)).toContain('slowTokens')
  expect(forms.filter(({ title, description }) => !title || !description)).toEqual([])
})

test.each(faultForms().map((form) => [form.kind, form] as const))(
  'the form of a fault of kind %s begins with one that can be armed',
  (kind, { schema }) => {
    const fields = fieldsOf(schema) ?? []
    const read = readDraft(fields, firstDraft(fields, schema, browserChance))
    expect(read.kind).toBe('ready')
    const fault = { kind, ...(read.kind === 'ready' && read.value) }
    expect(Fault.safeParse(fault).error?.issues).toBeUndefined()
  },
)

test('names of fields are told as words', () => {
  expect(fieldWords('retryAfterSeconds')).toBe('retry after seconds')
})
