import { CommandError } from './reply.ts'
import { EMPTY, isSpent } from './value.ts'
import type { Value, ValueOf, ValueType } from './value.ts'

type Entry = { value: Value; expiresAt: number | undefined }

/** One numbered database: keys, their values, and when they expire (milliseconds since 1970). */
export class Keyspace {
  readonly #entries = new Map<string, Entry>()

  /** The value of a key that exists and has not expired. */
  get(key: string): Value | undefined {
    return this.#live(key)?.value
  }

  /** The value of a key as this type. @throws CommandError (WRONGTYPE) when it is of another */
  read<Type extends ValueType>(key: string, type: Type): ValueOf<Type> | undefined {
    const value = this.get(key)
    if (value === undefined) return undefined
    if (!isOfType(value, type)) {
      throw new CommandError('WRONGTYPE Operation against a key holding the wrong kind of value')
    }
    return value
  }

  /** Changes the value of a key, which is made when it does not exist and removed when nothing is left in it. */
  change<Type extends ValueType, Result>(key: string, type: Type, act: (value: ValueOf<Type>) => Result): Result {
    const value = this.read(key, type) ?? EMPTY[type]()
    const result = act(value)
    if (isSpent(value)) this.#entries.delete(key)
    else if (!this.#entries.has(key)) this.#entries.set(key, { value, expiresAt: undefined })
    return result
  }

  /** Replaces whatever the key held, and when it expires. */
  set(key: string, value: Value, expiresAt?: number): void {
    this.#entries.set(key, { value, expiresAt })
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#entries.delete(key)
  }

  /** When a key that exists expires; undefined when never. */
  expiresAt(key: string): number | undefined {
    return this.#live(key)?.expiresAt
  }

  /** Changes when a key expires; undefined means never. A moment in the past deletes it. */
  expire(key: string, at: number | undefined): void {
    const entry = this.#live(key)
    if (entry === undefined) return
    entry.expiresAt = at
    this.#live(key)
  }

  keys(): string[] {
    return [...this.#entries.keys()].filter((key) => this.#live(key) !== undefined)
  }

  clear(): void {
    this.#entries.clear()
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry?.expiresAt === undefined || entry.expiresAt > Date.now()) return entry
    this.#entries.delete(key)
    return undefined
  }
}

function isOfType<Type extends ValueType>(value: Value, type: Type): value is ValueOf<Type> {
  return value.type === type
}
