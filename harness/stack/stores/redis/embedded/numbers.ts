import { CommandError } from './reply.ts'

const MIN = -(2n ** 63n)
const MAX = 2n ** 63n - 1n
const NOT_AN_INTEGER = 'ERR value is not an integer or out of range'

/** An argument or value as a 64-bit integer. @throws CommandError when it is not one */
export function bigInteger(text: string): bigint {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) throw new CommandError(NOT_AN_INTEGER)
  const value = BigInt(text)
  if (value < MIN || value > MAX) throw new CommandError(NOT_AN_INTEGER)
  return value
}

/** An argument as an integer, for counts, indexes and times. @throws CommandError when it is not one */
export function integer(text: string): number {
  return Number(bigInteger(text))
}

/** The sum of a stored integer and an increment. @throws CommandError when it leaves the 64 bits */
export function addIntegers(current: bigint, increment: bigint): bigint {
  const sum = current + increment
  if (sum < MIN || sum > MAX) throw new CommandError('ERR increment or decrement would overflow')
  return sum
}

/** A score. @throws CommandError when it is not a number */
export function float(text: string, error = 'ERR value is not a valid float'): number {
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new CommandError(error)
  return Number(text)
}

/** A score as Redis writes it. */
export function formatFloat(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return value > 0 ? 'inf' : '-inf'
}

/** The part of a list of `length` items from `start` to `stop`, both counted from the end when negative, stop included. */
export function sliceBounds(start: number, stop: number, length: number): [from: number, to: number] {
  const fromStart = (index: number): number => (index < 0 ? Math.max(0, length + index) : index)
  const last = stop < 0 ? length + stop : Math.min(stop, length - 1)
  return [fromStart(start), last + 1]
}
