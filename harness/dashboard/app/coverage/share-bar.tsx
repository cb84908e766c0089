import type { ReactNode } from 'react'

type Props = Readonly<{ part: number; whole: number; label: string }>

/** How much of a whole, as a bar and in words. */
export function ShareBar({ part, whole, label }: Props): ReactNode {
  return (
    <div className="share">
      <progress value={part} max={whole} aria-label={label} />
      <span>
        <strong>
          {part} of {whole}
        </strong>{' '}
        {label}
      </span>
    </div>
  )
}
