import type { ReactNode } from 'react'
import { Link } from '../routing/link.tsx'
import { Icon } from './icon.tsx'

/** What a page is called; on a narrow screen also the way back to the list. */
export function PageHeader({ title, children }: Readonly<{ title: ReactNode; children?: ReactNode }>): ReactNode {
  return (
    <header className="page-header">
      <Link href="/" className="button button-icon page-back" aria-label="Back to the conversations">
        <Icon name="back" />
      </Link>
      {typeof title === 'string' ? <h1>{title}</h1> : title}
      {children}
    </header>
  )
}
