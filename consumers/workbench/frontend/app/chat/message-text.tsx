import type { ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { blocksOf, type Block } from './text-blocks.ts'
import { spansOf } from './text-spans.ts'

/** The text of a message: code, lists and strong words are set apart, everything else is shown as it was written. */
export function MessageText({ text }: Readonly<{ text: string }>): ReactNode {
  return blocksOf(text).map((block, index) => (
    // The blocks of a message that grows keep their places.
    // oxlint-disable-next-line react/no-array-index-key
    <BlockView key={index} block={block} />
  ))
}

function BlockView({ block }: Readonly<{ block: Block }>): ReactNode {
  switch (block.kind) {
    case 'text':
      return (
        <p className="message-text">
          <Spans text={block.text} />
        </p>
      )
    case 'list':
      return (
        <ul className="message-list">
          {block.items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <Spans text={item} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return <CodeBlock text={block.text} language={block.language} />
    default:
      return block satisfies never
  }
}

function Spans({ text }: Readonly<{ text: string }>): ReactNode {
  return spansOf(text).map(({ kind, text: part }, index) => {
    // oxlint-disable-next-line react/no-array-index-key
    if (kind === 'code') return <code key={index}>{part}</code>
    // oxlint-disable-next-line react/no-array-index-key
    return kind === 'strong' ? <strong key={index}>{part}</strong> : part
  })
}
