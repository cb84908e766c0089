/** Where a request says its path, that has it apart from its URL. */
export const ownPath = Symbol('path')

/** The path of a request. Without query: a query may hold what no log should. */
export function pathOf(request: Request & { readonly [ownPath]?: string }): string {
  return request[ownPath] ?? new URL(request.url).pathname
}
