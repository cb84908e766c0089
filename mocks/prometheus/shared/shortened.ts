/** The beginning of a text, so many UTF-16 code units long at most. No character is cut in two. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')
}
