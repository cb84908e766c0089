import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Paints a text for standard output: not at all where that is no terminal or NO_COLOR is set. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}
