/** What may stand in a log line as it came: printable, no white space, of limited length. */
const acceptable = /^[\w.:-]{1,128}$/

/** The id that a request brings, where it is acceptable; else a new one. */
export function requestIdOf(request: Request, header: string): string {
  const given = request.headers.get(header)
  return given !== null && acceptable.test(given) ? given : crypto.randomUUID()
}
