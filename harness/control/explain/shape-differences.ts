import { isPlainObject } from '#harness/contract/example.ts'

/**
 * Where a value has another shape than an example: fields that one of them lacks, values of another type. Values are not
 * compared; an empty list is like any list.
 */
export function shapeDifferences(example: unknown, actual: unknown, path: string): readonly string[] {
  const [wanted, got] = [typeOf(example), typeOf(actual)]
  if (wanted !== got) return [`${path}: ${got === 'nothing' ? 'missing' : got}, recorded with ${wanted}`]
  if (Array.isArray(example) && Array.isArray(actual)) {
    const [first] = example as readonly unknown[]
    if (first === undefined) return []
    return (actual as readonly unknown[]).flatMap((item, index) => shapeDifferences(first, item, `${path}[${index}]`))
  }
  if (!isPlainObject(example) || !isPlainObject(actual)) return []
  const names = new Set([...Object.keys(example), ...Object.keys(actual)])
  return [...names].flatMap((name) => {
    if (!(name in example)) return [`${path}.${name}: not recorded`]
    return shapeDifferences(example[name], actual[name], `${path}.${name}`)
  })
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    default:
      return 'an object'
  }
}

/** How many values two values have in common, at the same places. */
export function equalValues(one: unknown, other: unknown): number {
  if (Array.isArray(one) && Array.isArray(other)) {
    const sameLength = one.length === other.length ? 1 : 0
    return one.reduce<number>((sum, item, index) => sum + equalValues(item, other[index]), sameLength)
  }
  if (isPlainObject(one) && isPlainObject(other))
    return Object.keys(one).reduce((sum, name) => sum + equalValues(one[name], other[name]), 0)
  return one !== undefined && one === other ? 1 : 0
}
