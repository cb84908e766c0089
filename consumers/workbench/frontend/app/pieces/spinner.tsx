import type { ReactNode } from 'react'

/** Something is on its way. */
export function Spinner({ label }: Readonly<{ label: string }>): ReactNode {
  return (
    <p className="spinner" role="status">
      <span className="spinner-wheel" aria-hidden="true" />
      {label}
    </p>
  )
}
