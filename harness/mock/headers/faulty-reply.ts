import { chance } from '#harness/fault/chance.ts'
import type { Fault, FaultKind } from '#harness/fault/fault.ts'
import { isMediaType } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'
import { failureResponse } from '#harness/serve/failure.ts'
import { faultyStream } from './faulty-stream.ts'
import { faultHeader } from './names.ts'
import { refuseHeader } from './refuse-header.ts'
import { statusWords } from './status-words.ts'
import { wait, waitForEnd } from './wait.ts'

/** One request, and how long what it asks for may take: until its caller or the mock's life is gone. */
export type Asked = Readonly<{ contract: AnyContract; requestId: string; signals: readonly AbortSignal[] }>

/** What is only met where there is something of the kind; all other faults meet every request. */
const places: Partial<Record<FaultKind, readonly Operation['kind'][]>> = {
  cut: ['sse', 'ws'],
  slowTokens: ['sse', 'ws'],
  contentType: ['http', 'sse'],
  duplicateMessage: ['ws'],
  dropMessage: ['ws'],
}

/** @throws Refusal with 400 for a fault that the operation never meets. */
export function checkFaults(faults: readonly Fault[], name: string, operation: Operation): void {
  const foreign = faults.find(({ kind }) => places[kind]?.includes(operation.kind) === false)
  if (!foreign) return
  const other = Object.entries(places).flatMap(([kind, met]) => (met.includes(operation.kind) ? [] : [kind]))
  throw refuseHeader(
    faultHeader,
    foreign.kind,
    `${name} (${signature(operation)}) never meets it, nor ${other.filter((kind) => kind !== foreign.kind).join(', ')}. Leave it out.`,
  )
}

/**
 * What stands in the place of the provider's answer; undefined where the provider is asked. The reply of type `error` is a
 * connection that breaks (Fetch §2.2.6): hosts carry it as such.
 */
export async function answerInPlace(faults: readonly Fault[], asked: Asked): Promise<Response | undefined> {
  const fault = faults.find(({ kind }) => kind === 'status' || kind === 'reset' || kind === 'hang')
  switch (fault?.kind) {
    case 'status':
      return statusReply(fault, asked)
    case 'reset':
      return Response.error()
    case 'hang':
      await waitForEnd(asked.signals)
      return Response.error()
    default:
      return undefined
  }
}

function statusReply({ status, retryAfterSeconds }: Extract<Fault, { kind: 'status' }>, asked: Asked): Response {
  const { phrase, code } = statusWords(status)
  return failureResponse(asked.contract, asked.requestId, {
    status,
    code,
    message: `${phrase} (${status}, as ${faultHeader} asked).`,
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  })
}

/** Waits for as long as faults hold an answer back. */
export function holdBack(faults: readonly Fault[], { signals }: Pick<Asked, 'signals'>): Promise<void> {
  const milliseconds = faults.reduce(
    (sum, fault) => (fault.kind === 'latency' ? sum + fault.ms + fault.spreadMs * chance(fault.seed, 0) : sum),
    0,
  )
  return wait(milliseconds, signals)
}

/** The provider's answer with faults on it. */
export async function faultyReply(response: Response, faults: readonly Fault[], asked: Asked): Promise<Response> {
  if (response.type === 'error') return response
  const isStream = isMediaType(response.headers.get('content-type'), 'text/event-stream')
  const body = isStream ? streamBody(response, faults, asked) : await wholeBody(response, faults)
  const faulty = body === response.body ? response : new Response(body, response)
  if (body !== response.body) faulty.headers.delete('content-length')
  for (const fault of faults) {
    if (fault.kind === 'contentType' && faulty.headers.has('content-type'))
      faulty.headers.set('content-type', fault.value)
  }
  return faulty
}

function streamBody(response: Response, faults: readonly Fault[], { signals }: Asked): ReadableStream | null {
  return response.body && faultyStream(response.body, faults, signals)
}

async function wholeBody(response: Response, faults: readonly Fault[]): Promise<BodyInit | null> {
  if (!response.body || !faults.some(({ kind }) => kind === 'malformed')) return response.body
  const bytes = new Uint8Array(await response.arrayBuffer())
  const half = new TextEncoder().encode('<')
  return new Blob([bytes.subarray(0, Math.floor(bytes.length / 2)), half])
}
