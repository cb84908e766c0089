import { useState, type ReactNode, type SubmitEvent } from 'react'
import { firstDraft, readDraft, type Draft, type Mistakes } from './draft.ts'
import { browserChance, exampleValue } from './example-value.ts'
import { FieldInput } from './field-input.tsx'
import { fieldsOf, type Field } from './fields.ts'
import type { FormSchema } from './form-schema.ts'

export type FormValue = Readonly<Record<string, unknown>>

type Props = Readonly<{
  schema: FormSchema
  /** What the button says. */
  action: string
  isBusy: boolean
  /** What the stack refused, by field. */
  refused: Mistakes
  labelOf?: (name: string) => string
  onSubmit: (value: FormValue) => void
}>

/** The name of the one field of a schema that is no object with properties. */
export const wholeValue = 'value'

/** Fields out of a JSON Schema. What cannot be read is told at its field before anything is sent. */
export function SchemaForm({ schema, action, isBusy, refused, labelOf = same, onSubmit }: Props): ReactNode {
  const found = fieldsOf(schema)
  const fields = found ?? [wholeField(schema)]
  const [draft, setDraft] = useState<Draft>(() => firstDraft(fields, schema, browserChance))
  const [mistakes, setMistakes] = useState<Mistakes>({})
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const read = readDraft(fields, draft)
    setMistakes(read.kind === 'mistaken' ? read.mistakes : {})
    if (read.kind === 'ready') onSubmit(found ? read.value : (read.value[wholeValue] as FormValue))
  }
  return (
    <form className="schema-form" noValidate onSubmit={submit}>
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          label={labelOf(field.name)}
          text={draft[field.name] ?? ''}
          mistake={mistakes[field.name] ?? refused[field.name]}
          onText={(text) => setDraft({ ...draft, [field.name]: text })}
        />
      ))}
      <button type="submit" className="primary" disabled={isBusy}>
        {isBusy ? 'Working…' : action}
      </button>
    </form>
  )
}

function same(name: string): string {
  return name
}

function wholeField(schema: FormSchema): Field {
  const example = exampleValue(schema, schema, browserChance)
  const input = { kind: 'json' } as const
  return {
    name: wholeValue,
    input,
    required: true,
    nullable: false,
    description: schema.description,
    schema: { default: example ?? {} },
  }
}
