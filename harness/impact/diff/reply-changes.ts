import type { ReplyDescription } from '../description/description.ts'
import { compareSchemas, type SchemaSide } from './compare-schemas.ts'
import { placeWords } from './contract-change.ts'
import { widens } from './difference.ts'
import type { OperationSide, Said } from './operation-changes.ts'
import { mediaOf } from './request-changes.ts'

/** What an operation may answer now that it did not answer before. */
export function replyChanges(before: OperationSide, after: OperationSide): readonly Said[] {
  const [old, now] = [before.operation.replies, after.operation.replies]
  const come = Object.keys(now).filter((status) => !(status in old))
  return [
    ...Object.entries(old).flatMap(([status, reply]): readonly Said[] => {
      const other = now[status]
      if (!other)
        return [{ place: `reply ${status}`, what: 'is never given any more', breaks: { kind: 'status', status } }]
      return oneReply(status, { reply, side: before }, { reply: other, side: after })
    }),
    ...come.map((status): Said => ({
      place: `reply ${status}`,
      what: 'may be given now',
      breaks: { kind: 'callers' },
      // Whoever calls has to live with refusals.
      isMild: Number(status) >= 400,
    })),
  ]
}

/** How something that consumers read has changed: what is wider now breaks those who read it. */
export function readChanges(part: string, before: SchemaSide, after: SchemaSide): readonly Said[] {
  return compareSchemas(before, after).map(({ path, change, what }) => ({
    place: placeWords(part, path),
    what,
    breaks: widens(change) ? { kind: 'readers', part, path } : { kind: 'nobody' },
  }))
}

type Reply = Readonly<{ reply: ReplyDescription; side: OperationSide }>

function oneReply(status: string, before: Reply, after: Reply): readonly Said[] {
  const [old, now] = [before.side.definitions, after.side.definitions]
  const headers = readChanges(
    `reply ${status} headers`,
    { schema: before.reply.headers, definitions: old },
    { schema: after.reply.headers, definitions: now },
  )
  return [...headers, ...bodyChanges(status, before, after)]
}

function bodyChanges(status: string, before: Reply, after: Reply): readonly Said[] {
  const part = `reply ${status} body`
  const [old, now] = [before.reply.body, after.reply.body]
  const readers = { kind: 'readers', part, path: [] } as const
  if (!old && !now) return []
  if (!old) return [{ place: part, what: 'is new', breaks: { kind: 'nobody' } }]
  if (!now) return [{ place: part, what: 'is gone', breaks: readers }]
  return [
    ...mediaOf(old, now).map((mediaType): Said => ({
      place: part,
      what: `never comes as ${mediaType} any more`,
      breaks: readers,
    })),
    ...mediaOf(now, old).map((mediaType): Said => ({
      place: part,
      what: `may come as ${mediaType} now`,
      breaks: readers,
    })),
    ...Object.entries(old).flatMap(([mediaType, schema]) => {
      const other = now[mediaType]
      if (!other) return []
      return readChanges(
        part,
        { schema, definitions: before.side.definitions },
        { schema: other, definitions: after.side.definitions },
      )
    }),
  ]
}
