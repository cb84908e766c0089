/** What a log line says of an error: never its other fields, which may hold values of the request. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Connecting to several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error.message
}
