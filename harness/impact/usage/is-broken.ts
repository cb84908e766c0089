import { isMediaType } from '#harness/contract/content.ts'
import type { Breaks } from '../diff/contract-change.ts'
import { placeKey, type Places, type Use } from './use.ts'

/** Whether a change breaks who uses an operation in this way. */
export function isBroken(use: Use, breaks: Breaks): boolean {
  switch (breaks.kind) {
    case 'nobody':
      return false
    case 'callers':
      return true
    case 'followers':
      return use.follows
    case 'senders':
    case 'without':
    case 'readers':
      return isFieldBroken(use, breaks)
    case 'media':
    case 'credential':
      return use.succeeds && isRequestBroken(use, breaks)
    case 'status':
      return use.status === breaks.status
    case 'state':
      return use.states.includes(breaks.name)
    default:
      return breaks satisfies never
  }
}

function isRequestBroken(use: Use, breaks: Extract<Breaks, { kind: 'media' | 'credential' }>): boolean {
  if (breaks.kind === 'credential') return isProvenBy(use.credential, breaks.way)
  return use.mediaType !== undefined && isMediaType(use.mediaType, breaks.mediaType)
}

function isFieldBroken(use: Use, breaks: Extract<Breaks, { part: string }>): boolean {
  if (breaks.kind === 'readers') return touches(use.read, breaks)
  return use.succeeds && (breaks.kind === 'senders' ? touches(use.sent, breaks) : lacks(use.sent, breaks))
}

type At = Readonly<{ part: string; path: readonly string[] }>

/** A field is used where it, or what is in it, is in the example. `*` stands for any field. */
function touches(places: Places, { part, path }: At): boolean {
  const used = places.get(part)
  if (!used) return false
  if (!path.includes('*')) return used.has(placeKey(path))
  return [...used].some((place) => {
    const steps = place.split('\0')
    return steps.length >= path.length && path.every((step, index) => step === '*' || step === steps[index])
  })
}

/** What a field belongs to is sent, and the field is not. */
function lacks(places: Places, { part, path }: At): boolean {
  return touches(places, { part, path: path.slice(0, -1) }) && !touches(places, { part, path })
}

/** A way is `cookie token`, `bearer`, or a scheme word and a pattern; undefined for no way at all. */
function isProvenBy(credential: string | undefined, way: string | undefined): boolean {
  if (way === undefined || credential === undefined) return way === credential
  return way === credential || way.split(' ')[0]?.toLowerCase() === credential
}
