import type { ReactNode } from 'react'
import { blocksOf } from './text-blocks.ts'

/** The text of a message. Code is set apart; everything else is shown as it was written. */
export function MessageText({ text }: Readonly<{ text: string }>): ReactNode {
  return blocksOf(text).map((block, index) =>
    block.kind === 'code' ? (
      // The blocks of a message that grows keep their places.
      // oxlint-disable-next-line react/no-array-index-key
      <pre key={index} className="message-code" tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <p key={index} className="message-text">
        {block.text}
      </p>
    ),
  )
}
