/** The names in braces of a path template: `'/a/{id}/b/{n}'` has `'id' | 'n'`. */
export type PathParameter<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameter<Rest>
  : never

/** The names in braces of a path template, in order. */
export function pathParameters(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')
}

/**
 * Puts values into a path template, percent-encoded (RFC 3986 §2.1).
 * @throws TypeError when a parameter has no value.
 */
export function fillPath(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/\{([^{}]+)\}/g, (_match, name: string) => {
    const value = values[name]
    if (value === undefined || value === '') {
      throw new TypeError(`path ${template}: parameter "${name}" has no value. Give it in "params".`)
    }
    return encodeURIComponent(String(value as string | number | boolean))
  })
}

/** A query string with its leading `?`, or nothing. Absent values are left out, arrays are repeated. */
export function queryString(query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) parameters.append(name, String(item))
    }
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}
