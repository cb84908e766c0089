/** A value that has to come back exactly, where the schema alone would accept others. */
export class Exactly<T> {
  readonly value: T

  constructor(value: T) {
    this.value = value
  }
}

/** Marks a value in an example as compared by value: `title: exactly('Plans')`. */
export function exactly<const T>(value: T): Exactly<T> {
  return new Exactly(value)
}

/** An example of a value: just the fields that the consumer reads. */
export type Example<T> =
  | Exactly<T>
  | (T extends string ? Matching : never)
  | (T extends readonly (infer Item)[]
      ? readonly Example<Item>[]
      : T extends Uint8Array | Blob
        ? T
        : T extends object
          ? { readonly [K in keyof T]?: Example<T[K]> }
          : T)

/** The example without its marks. */
export function plainExample(example: unknown): unknown {
  if (example instanceof Exactly) return plainExample(example.value)
  if (example instanceof Matching) return example.value
  if (Array.isArray(example)) return example.map(plainExample)
  if (!isPlainObject(example)) return example
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, plainExample(value)]))
}

/** Whether a value is an object of keys and values, and not an array, a class instance or null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A text that has to match a pattern, with an example of it. */
export class Matching {
  readonly pattern: string
  readonly value: string

  constructor(pattern: string, value: string) {
    this.pattern = pattern
    this.value = value
  }
}

/**
 * Marks a text in an example as compared by pattern: `matching('^token=', 'token=placeholder')`.
 * The pattern is one of Rust's `regex` (no look-around), as Pact uses it on both sides.
 * It has to match the whole text.
 * @throws TypeError where it does not match the whole example.
 */
export function matching(pattern: string, example: string): Matching {
  if (!new RegExp(`^(?:${pattern})$`, 's').test(example))
    throw new TypeError(`"${example}" does not match ${pattern}. Correct one of them.`)
  return new Matching(pattern, example)
}
