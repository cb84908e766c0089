/** A piece of a line: as it is, as code between backticks, or strong between two stars. */
export type Span = Readonly<{ kind: 'plain' | 'code' | 'strong'; text: string }>

/** The pieces of a text. What is not closed is shown as it was written. */
export function spansOf(text: string): readonly Span[] {
  return text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/).flatMap((part, index): readonly Span[] => {
    if (part === '') return []
    if (index % 2 === 0) return [{ kind: 'plain', text: part }]
    return part.startsWith('`')
      ? [{ kind: 'code', text: part.slice(1, -1) }]
      : [{ kind: 'strong', text: part.slice(2, -2) }]
  })
}
