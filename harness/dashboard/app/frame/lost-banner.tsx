import type { ReactNode } from 'react'

/** Says that what is shown is not what is. */
export function LostBanner(): ReactNode {
  return (
    <p className="banner" role="alert">
      The stack does not answer any more: this is what it was last. Start it again with <code>concordat up</code>, and
      the page goes on by itself.
    </p>
  )
}
