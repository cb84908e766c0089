type Global = 'Headers' | 'Request' | 'Response'

/**
 * Makes the objects of a class instances of a global one to whoever asks (`instanceof`). The global is not touched before
 * that: Node loads what is behind these when they are used first, which takes as long as all of its own start.
 */
export function standFor(prototype: object, name: Global): void {
  const real = (): object => globalThis[name].prototype
  // Whatever is waited for is asked for this: it must not get as far as the global.
  // oxlint-disable-next-line unicorn/no-thenable -- it says that there is none
  Object.defineProperty(prototype, 'then', { value: undefined })
  const late = new Proxy(Object.create(null) as object, {
    getPrototypeOf: real,
    get: (_none, key, receiver): unknown => Reflect.get(real(), key, receiver),
    has: (_none, key) => Reflect.has(real(), key),
  })
  Object.setPrototypeOf(prototype, late)
}
