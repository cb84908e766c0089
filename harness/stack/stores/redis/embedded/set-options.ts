import { integer } from './numbers.ts'
import { CommandError, SYNTAX_ERROR } from './reply.ts'

/** What may follow SET key value. `expiresAt` is in milliseconds since 1970. */
export type SetOptions = {
  get: boolean
  condition: 'nx' | 'xx' | undefined
  keepTtl: boolean
  expiresAt: number | undefined
}

/** How the units of SET's options name a moment. */
const MOMENTS = {
  EX: (seconds: number): number => Date.now() + seconds * 1_000,
  PX: (milliseconds: number): number => Date.now() + milliseconds,
  EXAT: (seconds: number): number => seconds * 1_000,
  PXAT: (milliseconds: number): number => milliseconds,
} as const

type Unit = keyof typeof MOMENTS

/** The moment that a unit and an amount name. @throws CommandError, naming the command, when it is not in the future */
export function expiryMoment(unit: Unit, amount: string, command: string): number {
  const value = integer(amount)
  if (value <= 0) throw invalidExpiry(command)
  return checkedMoment(MOMENTS[unit](value), command)
}

/** A moment that can be kept. @throws CommandError, naming the command, when it is too far away */
export function checkedMoment(at: number, command: string): number {
  if (!Number.isSafeInteger(at)) throw invalidExpiry(command)
  return at
}

function invalidExpiry(command: string): CommandError {
  return new CommandError(`ERR invalid expire time in '${command}' command`)
}

/** Reads the options of SET. @throws CommandError when they are unknown or contradict each other */
export function readSetOptions(args: readonly string[]): SetOptions {
  const options: SetOptions = { get: false, condition: undefined, keepTtl: false, expiresAt: undefined }
  const rest = [...args]
  for (let option = rest.shift()?.toUpperCase(); option !== undefined; option = rest.shift()?.toUpperCase()) {
    const amount = isUnit(option) && !hasExpiry(options) ? rest.shift() : undefined
    if (isUnit(option) && amount !== undefined) options.expiresAt = expiryMoment(option, amount, 'set')
    else if (!setFlag(options, option)) throw new CommandError(SYNTAX_ERROR)
  }
  return options
}

/** Sets what an option without an amount says; false when it is none, or contradicts an earlier one. */
function setFlag(options: SetOptions, flag: string): boolean {
  if (flag === 'GET') options.get = true
  else if (flag === 'NX' && options.condition !== 'xx') options.condition = 'nx'
  else if (flag === 'XX' && options.condition !== 'nx') options.condition = 'xx'
  else if (flag === 'KEEPTTL' && !hasExpiry(options)) options.keepTtl = true
  else return false
  return true
}

function hasExpiry(options: SetOptions): boolean {
  return options.keepTtl || options.expiresAt !== undefined
}

function isUnit(option: string): option is Unit {
  return Object.hasOwn(MOMENTS, option)
}
