import { z } from 'zod'

/** Longer than any client waits, and no longer than a timer takes. */
const mostMs = 600_000

const milliseconds = z.number().min(0).max(mostMs)
const seed = z.int().min(0).max(0xffff_ffff)
const times = z
  .int()
  .min(1)
  .optional()
  .describe('How many calls it meets, from when it is armed; all where it is absent.')
const every = z.int().min(1).default(1).describe('Each how manyth message of a channel it meets.')

/** What can go wrong between a consumer and a provider, as plain data. It meets the provider's answers, never preflights. */
export const Fault = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('latency').describe('The answer comes later.'),
      ms: milliseconds,
      spreadMs: milliseconds.default(0).describe('At most so many milliseconds more, another number each time.'),
      seed: seed.default(1),
    }),
    z.strictObject({
      kind: z.literal('status').describe('A refusal in the error shape of the contract, in place of the provider.'),
      status: z.int().min(400).max(599),
      retryAfterSeconds: z.int().min(0).optional(),
      times,
    }),
    z.strictObject({ kind: z.literal('reset').describe('The connection breaks before the answer.'), times }),
    z.strictObject({
      kind: z.literal('cut').describe('The connection breaks after so many events or messages.'),
      afterEvents: z.int().min(0),
      times,
    }),
    z.strictObject({
      kind: z.literal('slowTokens').describe('Events and messages come slowly; which is the same each time.'),
      firstEventMs: milliseconds.default(0),
      eventsPerSecond: z.number().min(0.01).max(1000),
      jitter: z.number().min(0).max(1).default(0).describe('By which share of itself a pause is longer or shorter.'),
      seed: seed.default(1),
    }),
    z.strictObject({ kind: z.literal('malformed').describe('Bodies, events and messages break off half-way.'), times }),
    z.strictObject({
      kind: z.literal('contentType').describe('The answer names another media type than it has.'),
      value: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:\s*;.*)?$/, 'has to be a media type, such as text/html'),
      times,
    }),
    z.strictObject({ kind: z.literal('hang').describe('The answer never comes.'), times }),
    z.strictObject({ kind: z.literal('duplicateMessage').describe('A channel carries a message twice.'), every }),
    z.strictObject({ kind: z.literal('dropMessage').describe('A channel loses a message.'), every }),
  ])
  .readonly()

export type Fault = z.output<typeof Fault>
export type FaultKind = Fault['kind']

/** How many calls a fault meets; all where it is not said. */
export type Often = Readonly<{ times?: number }>
/** Each how manyth message a fault meets; each one where it is not said. */
export type Every = Readonly<{ every?: number }>
type Spread = Readonly<{ spreadMs?: number; seed?: number }>
type Refusing = Often & Readonly<{ retryAfterSeconds?: number }>
type Pace = Readonly<{ firstEventMs?: number; eventsPerSecond: number; jitter?: number; seed?: number }>

/**
 * Makes faults: `fault.reset({ times: 2 })`. What depends on chance is the same each time for the same seed.
 * Each throws TypeError for what is no such fault.
 */
export const fault = {
  /** The answer comes so many milliseconds later, and up to `spreadMs` more. */
  latency: (ms: number, options: Spread = {}): Fault => made({ kind: 'latency', ms, ...options }),
  /** A refusal with this status in place of the provider, in the error shape of its contract. */
  status: (status: number, options: Refusing = {}): Fault => made({ kind: 'status', status, ...options }),
  /** 429 with Retry-After. */
  rateLimited: (retryAfterSeconds: number, options: Often = {}): Fault =>
    made({ kind: 'status', status: 429, retryAfterSeconds, ...options }),
  /** The connection breaks before the answer. */
  reset: (options: Often = {}): Fault => made({ kind: 'reset', ...options }),
  /** The connection breaks right after so many events of a stream, or messages of a channel. */
  cutAfter: (afterEvents: number, options: Often = {}): Fault => made({ kind: 'cut', afterEvents, ...options }),
  /** Events of a stream, and messages of a channel, come no faster than this; `jitter` is a share from 0 to 1. */
  slowTokens: (pace: Pace): Fault => made({ kind: 'slowTokens', ...pace }),
  /** Bodies, events and messages break off half-way. */
  malformed: (options: Often = {}): Fault => made({ kind: 'malformed', ...options }),
  /** The answer names another media type than it has. */
  contentType: (value: string, options: Often = {}): Fault => made({ kind: 'contentType', value, ...options }),
  /** The answer never comes. */
  hang: (options: Often = {}): Fault => made({ kind: 'hang', ...options }),
  /** A channel carries each message to the consumer twice, or each `every`th. */
  duplicateMessage: (options: Every = {}): Fault => made({ kind: 'duplicateMessage', ...options }),
  /** A channel loses each message to the consumer, or each `every`th. */
  dropMessage: (options: Every = {}): Fault => made({ kind: 'dropMessage', ...options }),
} as const

function made(input: z.input<typeof Fault>): Fault {
  const parsed = Fault.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new TypeError(`no fault "${input.kind}": ${issue?.path.join('.')}: ${issue?.message}. Correct it.`)
}
