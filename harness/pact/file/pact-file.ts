import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const ProviderState = z.looseObject({ name: z.string(), params: z.record(z.string(), z.unknown()).optional() })
const Common = {
  description: z.string().min(1),
  providerStates: z.array(ProviderState).optional(),
  comments: z.looseObject({ testname: z.string().optional() }).optional(),
}
const Rules = z.record(z.string(), z.unknown())

const HttpInteraction = z.looseObject({
  ...Common,
  type: z.literal('Synchronous/HTTP'),
  request: z.looseObject({
    method: z.string(),
    path: z.string(),
    query: z.record(z.string(), z.array(z.string())).optional(),
    body: z.unknown().optional(),
  }),
  response: z.looseObject({
    status: z.int(),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.array(z.string())).optional(),
  }),
})

const Contents = z.looseObject({
  contents: z.looseObject({ content: z.unknown() }),
  generators: Rules.optional(),
  matchingRules: Rules.optional(),
})

const MessageInteraction = z.looseObject({
  ...Common,
  type: z.literal('Synchronous/Messages'),
  request: Contents,
  response: z.array(Contents).length(1),
})

const PactFile = z.looseObject({
  consumer: z.looseObject({ name: z.string() }),
  provider: z.looseObject({ name: z.string() }),
  interactions: z.array(z.discriminatedUnion('type', [HttpInteraction, MessageInteraction])),
  metadata: z.looseObject({
    pactSpecification: z.looseObject({ version: z.literal('4.0') }),
    concordat: z.looseObject({ sources: z.record(z.string(), z.string()) }).optional(),
  }),
})

/** A pact file of the Pact Specification V4, as this harness records it. */
export type PactFile = z.output<typeof PactFile>
export type PactInteraction = PactFile['interactions'][number]
export type HttpPactInteraction = Extract<PactInteraction, { type: 'Synchronous/HTTP' }>
export type MessagePactInteraction = Extract<PactInteraction, { type: 'Synchronous/Messages' }>

/** A pact file that cannot be read. */
export class InvalidPact extends Error {
  override readonly name = 'InvalidPact'
}

/**
 * Reads a pact file.
 * @throws InvalidPact where it is no JSON or no V4 pact, with the place.
 */
export async function readPact(file: string): Promise<PactFile> {
  const text = await readFile(file, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InvalidPact(`${file} cannot be read: it is no JSON. Record it again.`)
  }
  return parsePact(value, file)
}

/**
 * Takes a value for a pact. `where` is where it comes from: a file, an address.
 * @throws InvalidPact where it is no V4 pact, with the place.
 */
export function parsePact(value: unknown, where: string): PactFile {
  const parsed = PactFile.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new InvalidPact(
    `${where} is no V4 pact: ${issue?.path.map(String).join('.')}: ${issue?.message}. Record it again.`,
  )
}

/** Reads a pact file, or nothing where there is none. */
export async function readPactIfAny(file: string): Promise<PactFile | undefined> {
  return existsSync(file) ? readPact(file) : undefined
}

/** The text of a pact: keys sorted, so that the same content is the same bytes. */
export function pactText(pact: PactFile): string {
  return `${JSON.stringify(sorted(pact), null, 2)}\n`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  )
}

/** Writes a pact in one step, so that nobody ever reads half of one; not at all where nothing changed. Gives whether it wrote. */
export async function writePact(file: string, pact: PactFile): Promise<boolean> {
  const text = pactText(pact)
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) return false
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return true
}

/** What makes an interaction this one: description and states with their parameters, as Pact has it. */
export function interactionKey({ description, providerStates = [] }: PactInteraction): string {
  return JSON.stringify([description, sorted(providerStates)])
}
