import type { Media } from '../description/description.ts'
import { compareSchemas, type SchemaSide } from './compare-schemas.ts'
import { placeWords, type Breaks } from './contract-change.ts'
import type { Difference } from './difference.ts'
import type { OperationSide, Said } from './operation-changes.ts'

/** What an operation asks of its callers now that it did not ask before. */
export function requestChanges(before: OperationSide, after: OperationSide): readonly Said[] {
  const parts = (['params', 'query', 'headers'] as const).flatMap((part) =>
    sentChanges(
      part,
      { schema: before.operation[part], definitions: before.definitions },
      { schema: after.operation[part], definitions: after.definitions },
    ),
  )
  return [...parts, ...bodyChanges(before, after)]
}

/** How something that consumers send has changed: what is narrower now breaks those who send it, or do not. */
export function sentChanges(part: string, before: SchemaSide, after: SchemaSide): readonly Said[] {
  return compareSchemas(before, after).map((difference) => ({
    place: placeWords(part.startsWith('sends') ? part : `request ${part}`, difference.path),
    what: difference.what,
    breaks: breaksOf(part, difference),
  }))
}

function breaksOf(part: string, { change, path }: Difference): Breaks {
  switch (change) {
    case 'narrower':
    case 'other':
    // What is sent is read by nobody any more.
    case 'removed':
      return { kind: 'senders', part, path }
    case 'required':
    case 'added-required':
      return { kind: 'without', part, path }
    case 'wider':
    case 'optional':
    case 'added':
      return { kind: 'nobody' }
    default:
      return change satisfies never
  }
}

function bodyChanges(before: OperationSide, after: OperationSide): readonly Said[] {
  const [old, now] = [before.operation.body, after.operation.body]
  const place = 'request body'
  if (!old && !now) return []
  if (!old) return [{ place, what: 'is asked for now', breaks: { kind: 'callers' } }]
  if (!now) return [{ place, what: 'is not read any more', breaks: { kind: 'senders', part: 'body', path: [] } }]
  return [
    ...mediaOf(old, now).map((mediaType): Said => ({
      place,
      what: `is not taken as ${mediaType} any more`,
      breaks: { kind: 'media', mediaType },
    })),
    ...mediaOf(now, old).map((mediaType): Said => ({
      place,
      what: `is taken as ${mediaType} too`,
      breaks: { kind: 'nobody' },
    })),
    ...Object.entries(old).flatMap(([mediaType, schema]) => {
      const other = now[mediaType]
      return other
        ? sentChanges(
            'body',
            { schema, definitions: before.definitions },
            { schema: other, definitions: after.definitions },
          )
        : []
    }),
  ]
}

/** The media types that one has and the other has not. */
export function mediaOf(one: Media, other: Media): readonly string[] {
  return Object.keys(one).filter((mediaType) => !(mediaType in other))
}
