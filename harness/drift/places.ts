import type { Drift } from './drift.ts'

type Place = Drift['expected']

/** The status of a reply. */
export const inStatus: Place = { path: /^\$\.reply\.status$/ }

/** A place in the body of a reply, as a pattern: `inBody('\\.title')`; the whole body where it is empty. */
export function inBody(place: string): Place {
  return { path: new RegExp(`^\\$\\.reply\\.body${place}`) }
}

/** A header of a reply. */
export function inHeader(name: string): Place {
  return { path: new RegExp(`^\\$\\.reply\\.headers\\.${name}$`, 'i') }
}
