import type { Fault as AnyFault, FaultKind } from '#harness/fault/fault.ts'
import { Fault } from '#harness/fault/fault.ts'
import { readHeaderList, type HeaderItem } from './header-list.ts'
import { faultHeader } from './names.ts'
import { refuseHeader } from './refuse-header.ts'

/** Per kind, the field that stands behind `=`. The others stand behind `;` by their names. */
const mainFields: Readonly<Record<FaultKind, string | undefined>> = {
  latency: 'ms',
  status: 'status',
  reset: undefined,
  cut: 'afterEvents',
  slowTokens: 'eventsPerSecond',
  malformed: undefined,
  contentType: 'value',
  hang: undefined,
  duplicateMessage: 'every',
  dropMessage: 'every',
}
const kinds = Object.keys(mainFields) as FaultKind[]

/**
 * The faults that a header asks for, in order: `latency=300`, `status=429;retryAfterSeconds=30, latency=50;spreadMs=20`,
 * `reset`, `cut=3`, `slowTokens=20;firstEventMs=500`, `malformed`, `contentType=text/html`, `hang`, `duplicateMessage=2`,
 * `dropMessage`. Names are those of harness/fault, in any case, with or without hyphens (`slow-tokens`).
 * @throws Refusal with 400 for what is no such fault, naming what there is.
 */
export function readFaults(text: string): readonly AnyFault[] {
  try {
    return readHeaderList(text).map(faultOf)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refuseHeader(faultHeader, text, `${error.message}. Write it like latency=300, or status=503.`)
  }
}

function faultOf(item: HeaderItem): AnyFault {
  const written = [item, ...item.parameters].map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
  function refuse(why: string): Error {
    return refuseHeader(faultHeader, written.join(';'), why)
  }
  const kind = kinds.find((candidate) => plain(candidate) === plain(item.name))
  if (!kind) throw refuse(`there is no fault "${item.name}". There is ${kinds.join(', ')}.`)
  const main = mainFields[kind]
  if (item.value !== undefined && main === undefined) throw refuse(`${kind} takes no value. Write ${kind} alone.`)
  const given = [
    ...(main === undefined || item.value === undefined ? [] : [{ name: main, value: item.value }]),
    ...item.parameters,
  ]
  const fields = given.map(({ name, value }) => [fieldNamed(kind, name), valueOf(kind, value)] as const)
  const parsed = Fault.safeParse({ kind, ...Object.fromEntries(fields) })
  if (!parsed.success) throw refuse(`${issueOf(parsed.error.issues, main)}.`)
  if ('times' in parsed.data && parsed.data.times !== undefined)
    throw refuse('"times" counts requests, and this is one. Leave it out.')
  return parsed.data
}

function issueOf(issues: readonly { path: PropertyKey[]; message: string }[], main: string | undefined): string {
  const [issue] = issues
  const field = issue?.path.join('.') ?? ''
  return field === '' || field === main ? (issue?.message ?? 'not valid') : `${field}: ${issue?.message}`
}

function fieldNamed(kind: FaultKind, name: string): string {
  const option = Fault.unwrap().options.find((candidate) => candidate.shape.kind.value === kind)
  const fields = Object.keys(option?.shape ?? {})
  return fields.find((field) => plain(field) === plain(name)) ?? name
}

function valueOf(kind: FaultKind, value: string | undefined): unknown {
  return kind !== 'contentType' && value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase()
}
