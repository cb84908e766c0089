/** The words of a name in any notation: `putTodoResult`, `node-planner` and `x-request-id` alike. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
}

/** `putTodoResult` -> `PutTodoResult`. */
export function pascalCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('')
}

/** `putTodoResult` -> `put_todo_result`. */
export function snakeCase(name: string): string {
  return wordsOf(name)
    .map((word) => word.toLowerCase())
    .join('_')
}

/** `putTodoResult` -> `Put todo result`. */
export function sentenceCase(name: string): string {
  const text = wordsOf(name)
    .map((word) => word.toLowerCase())
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `node signature` -> `nodeSignature`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}
