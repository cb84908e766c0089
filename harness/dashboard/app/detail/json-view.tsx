import { useMemo, type ReactNode } from 'react'
import { jsonTokens } from './json-tokens.ts'

/** A value as JSON; `flat` on as few lines as it needs. */
export function JsonView({ value, flat = false }: Readonly<{ value: unknown; flat?: boolean }>): ReactNode {
  const tokens = useMemo(() => jsonTokens(JSON.stringify(value, null, flat ? undefined : 2) ?? ''), [value, flat])
  return (
    <pre className="code">
      {tokens.map(({ kind, text }, index) => (
        <span key={index} className={kind === 'rest' ? undefined : `json-${kind}`}>
          {text}
        </span>
      ))}
    </pre>
  )
}
