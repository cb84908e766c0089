import { z } from 'zod'
import { jsonOr } from '#harness/contract/json.ts'
import { invalid } from '../refusal.ts'
import { Name, OptionalUrl, readBody } from '../validate.ts'
import { isObject, type PactContent } from '../../pact/content.ts'

const Contract = z.object({
  consumerName: Name,
  providerName: Name,
  specification: z.literal('pact', 'must be one of: pact'),
  contentType: z.literal('application/json', 'must be one of: application/json'),
  content: z.string('must be a string').min(1, 'must be filled'),
  onConflict: z.enum(['overwrite', 'merge'], 'must be one of: overwrite, merge').optional(),
})

const Publishing = z.object({
  pacticipantName: Name,
  pacticipantVersionNumber: Name,
  branch: Name.nullish(),
  tags: z.array(Name).nullish(),
  buildUrl: OptionalUrl,
  contracts: z.array(Contract, 'is missing'),
})

/** Pacts of one consumer version that are published together. */
export type Publishing = Readonly<{
  consumer: string
  version: string
  branch: string | undefined
  tags: readonly string[]
  buildUrl: string | undefined
  pacts: readonly PublishedPact[]
}>

export type PublishedPact = Readonly<{ provider: string; content: PactContent; onConflict: 'overwrite' | 'merge' }>

/**
 * Reads the body of a publication, with the pacts decoded.
 * @throws BrokerRefusal 400 where a field is missing or malformed, names disagree, or a content is no base64 of a JSON object
 * in UTF-8.
 */
export function readPublishing(text: string): Publishing {
  const body = readBody(Publishing, text)
  const errors: Record<string, string[]> = {}
  const pacts = body.contracts.map((contract, index): PublishedPact => {
    const say = (field: string, message: string): void => {
      const place = `contracts.${index}.${field}`
      errors[place] = [...(errors[place] ?? []), message]
    }
    if (contract.consumerName !== body.pacticipantName)
      say('consumerName', `(${contract.consumerName}) does not match the pacticipant name "${body.pacticipantName}"`)
    const content = decode(contract.content, say)
    checkNames(content, { consumer: body.pacticipantName, provider: contract.providerName }, say)
    return { provider: contract.providerName, content, onConflict: contract.onConflict ?? 'overwrite' }
  })
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return {
    consumer: body.pacticipantName,
    version: body.pacticipantVersionNumber,
    branch: body.branch ?? undefined,
    tags: body.tags ?? [],
    buildUrl: body.buildUrl ?? undefined,
    pacts,
  }
}

type Say = (field: string, message: string) => void

function decode(base64: string, say: Say): PactContent {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) {
    say('content', 'does not appear to be Base64 encoded')
    return {}
  }
  return parse(Buffer.from(base64, 'base64'), say)
}

function parse(bytes: Uint8Array, say: Say): PactContent {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value = jsonOr(text, undefined)
    if (isObject(value)) return value
    say('content', 'could not be parsed as application/json: a pact is a JSON object')
  } catch {
    say('content', 'contains a character that is no UTF-8')
  }
  return {}
}

/** Names inside a pact, where it has any, are those it is published under. */
function checkNames(content: PactContent, expected: { consumer: string; provider: string }, say: Say): void {
  for (const role of ['consumer', 'provider'] as const) {
    const inside = isObject(content[role]) ? content[role]['name'] : undefined
    if (inside !== undefined && inside !== expected[role])
      say(`${role}Name`, `in pact content ("${shown(inside)}") does not match "${expected[role]}"`)
  }
}

/**
 * Reads a pact that is sent by itself to its address.
 * @throws BrokerRefusal 400 where it is no JSON object, or its names are others than those of the address.
 */
export function readPact(text: string, names: { consumer: string; provider: string }): PactContent {
  const value = jsonOr(text, undefined)
  if (!isObject(value)) throw invalid({ pact: ['Error parsing JSON: a pact is a JSON object'] })
  const errors: Record<string, string[]> = {}
  for (const role of ['consumer', 'provider'] as const) {
    const inside = isObject(value[role]) ? value[role]['name'] : undefined
    if (inside !== undefined && inside !== names[role])
      errors[`${role}.name`] = [`in pact ("${shown(inside)}") does not match ${role} name in path ("${names[role]}").`]
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return value
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
