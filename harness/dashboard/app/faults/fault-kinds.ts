import { z } from 'zod'
import { Fault, type FaultKind } from '#harness/fault/fault.ts'
import type { FormSchema } from '../form/form-schema.ts'

/** A kind of fault: what it is called, what it does, and what it asks for. */
export type FaultForm = Readonly<{ kind: FaultKind; title: string; description: string; schema: FormSchema }>

const titles: Readonly<Record<FaultKind, string>> = {
  latency: 'Latency',
  status: 'Refusal with a status',
  reset: 'Connection reset',
  cut: 'Cut stream',
  slowTokens: 'Slow tokens',
  malformed: 'Malformed answer',
  contentType: 'Wrong content type',
  hang: 'No answer',
  duplicateMessage: 'Duplicate messages',
  dropMessage: 'Lost messages',
}

/** What a form begins with, where a bound or nothing would be of little use. */
const beginnings: Readonly<Partial<Record<FaultKind, Readonly<Record<string, unknown>>>>> = {
  latency: { ms: 500 },
  status: { status: 503 },
  cut: { afterEvents: 1 },
  slowTokens: { eventsPerSecond: 2 },
  contentType: { value: 'text/html' },
}

/** All kinds of faults, out of the schema that the stack reads them with. */
export function faultForms(): readonly FaultForm[] {
  const schema = z.toJSONSchema(Fault, { io: 'input' }) as FormSchema
  return (schema.oneOf ?? []).flatMap((option) => {
    const { kind: tag, ...properties } = option.properties ?? {}
    const kind = tag?.const as FaultKind | undefined
    if (kind === undefined) return []
    const begun = Object.entries(properties).map(([name, property]) => [
      name,
      begin(property, beginnings[kind]?.[name]),
    ])
    const form = {
      ...option,
      properties: Object.fromEntries(begun),
      required: option.required?.filter((name) => name !== 'kind') ?? [],
    }
    return [{ kind, title: titles[kind], description: tag?.description ?? '', schema: form }]
  })
}

function begin(property: FormSchema, value: unknown): FormSchema {
  return value === undefined ? property : { ...property, default: value }
}

/** `retryAfterSeconds` as words. */
export function fieldWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
