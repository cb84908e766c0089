import type { ErrorShape } from '#harness/contract/error-shape.ts'
import { isPlainObject } from '#harness/contract/example.ts'

/** Where code and message stand in an error's body: the keys that lead there, undefined where the body has none. */
export type ErrorPlaces = Readonly<{ code: readonly string[] | undefined; message: readonly string[] | undefined }>

const marks = { code: 'the-code', message: 'The message.' }

/** Finds code and message in a contract's error shape: by making an error and looking where they went. */
export function errorPlaces(errors: ErrorShape): ErrorPlaces {
  const body: unknown = errors.body({ status: 400, requestId: 'the-request', ...marks })
  return { code: placeOf(marks.code, body), message: placeOf(marks.message, body) }
}

function placeOf(mark: string, value: unknown): readonly string[] | undefined {
  if (value === mark) return []
  if (!isPlainObject(value)) return undefined
  for (const [key, item] of Object.entries(value)) {
    const rest = placeOf(mark, item)
    if (rest) return [key, ...rest]
  }
  return undefined
}
