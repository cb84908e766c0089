/** A part of a message: text, a list, or code between lines of three backticks with its language, where that is said. */
export type Block =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'list'; items: readonly string[] }>
  | Readonly<{ kind: 'code'; text: string; language: string }>

/** The parts of a message, in their order. Code that has no end yet reaches to the end of the message. */
export function blocksOf(message: string): readonly Block[] {
  // Text, language, code, text, …: what a group catches is in its place.
  return message.split(/^```(.*)$\n?/m).flatMap((part, index, parts): readonly Block[] => {
    if (index % 2 === 1) return []
    const text = part.replaceAll(/^\n+|\n+$/g, '')
    if (index % 4 === 0) return textBlocks(text)
    return text === '' ? [] : [{ kind: 'code', text, language: parts[index - 1]?.trim() ?? '' }]
  })
}

/** Lines that begin with a dash or star after one another are a list. */
function textBlocks(text: string): readonly Block[] {
  return text.split(/((?:^[-*] .*(?:\n|$))+)/m).flatMap((part, index): readonly Block[] => {
    const whole = part.replaceAll(/^\n+|\n+$/g, '')
    if (whole === '') return []
    if (index % 2 === 0) return [{ kind: 'text', text: whole }]
    return [{ kind: 'list', items: whole.split('\n').map((line) => line.slice(2)) }]
  })
}
