/** A part of a message: text, or code between lines of three backticks. */
export type Block = Readonly<{ kind: 'text' | 'code'; text: string }>

/** The parts of a message, in their order. Code that has no end yet reaches to the end of the message. */
export function blocksOf(message: string): readonly Block[] {
  return message
    .split(/^```.*$\n?/m)
    .map((text, index): Block => ({ kind: index % 2 === 0 ? 'text' : 'code', text: text.replaceAll(/^\n+|\n+$/g, '') }))
    .filter(({ text }) => text !== '')
}
