/** How the values that a schema takes have changed at one place. */
export type Difference = Readonly<{
  /** From the schema's root: `['data', '[]', 'title']`; `[]` for the items of a list, `*` for fields of any name, as in a map. */
  path: readonly string[]
  change: Change
  /** In words: `may be null now`. */
  what: string
}>

/**
 * - `narrower`: what was taken before is not any more, `wider`: what is taken now was not before, `other`: both, or nobody knows.
 * - `required`, `optional`: a field that there was and had not, or has no longer, to be there.
 * - `added`, `added-required`, `removed`: a field that is new, or gone. A tolerant reader takes no notice of new ones.
 */
export type Change = 'narrower' | 'wider' | 'other' | 'required' | 'optional' | 'added' | 'added-required' | 'removed'

/** Whether something that was taken before may not be taken any more. */
export function narrows(change: Change): boolean {
  return (
    change === 'narrower' ||
    change === 'other' ||
    change === 'required' ||
    change === 'added-required' ||
    change === 'removed'
  )
}

/** Whether something may be there now that was not before. A field that is gone has become one that may be missing. */
export function widens(change: Change): boolean {
  return change === 'wider' || change === 'other' || change === 'optional' || change === 'removed'
}
