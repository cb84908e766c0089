import type { ReactNode } from 'react'
import type { ShownBody } from '#harness/control/types.ts'
import { JsonView } from './json-view.tsx'

/** A body, by what it is. */
export function BodyView({ body }: Readonly<{ body: ShownBody }>): ReactNode {
  switch (body.kind) {
    case 'none':
      return <p className="faint">No body.</p>
    case 'json':
      return <JsonView value={body.value} />
    case 'text':
      return <pre className="code">{body.text}</pre>
    case 'bytes':
      return <p className="faint">{body.size.toLocaleString('en')} bytes that are no text.</p>
    default:
      return body satisfies never
  }
}
