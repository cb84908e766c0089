/** A value that has to come back exactly, where the schema alone would accept others. */
export class Exactly<T> {
  readonly value: T

  constructor(value: T) {
    this.value = value
  }
}

/** Marks a value in an example as compared by value: `title: exactly('Plans')`. */
export function exactly<T>(value: T): Exactly<T> {
  return new Exactly(value)
}

/** An example of a value: just the fields that the consumer reads. */
export type Example<T> =
  | Exactly<T>
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
