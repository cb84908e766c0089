import { useEffect, useState, type ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'

/** For so long it is said that the code was copied. */
const toldMs = 2_000

/** Code of a message, with its language and a button that copies it. */
export function CodeBlock({ text, language }: Readonly<{ text: string; language: string }>): ReactNode {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), toldMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  function copy(): void {
    // Where the browser does not let it, the code can still be marked.
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language === '' ? 'code' : language}</span>
        <button type="button" className="button button-quiet button-small" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} />
          <span role="status">{isCopied ? 'Copied' : 'Copy'}</span>
        </button>
      </figcaption>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
