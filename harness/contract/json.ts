/** The value of a JSON text; the fallback where it is none. */
export function jsonOr(text: string, fallback: unknown): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fallback
  }
}

/** The same JSON value again, to be changed. */
export function jsonCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
