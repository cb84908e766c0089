import type { ReactNode } from 'react'

/** Says that what is shown is not what is. */
export function LostBanner(): ReactNode {
  return (
    <p className="banner" role="alert">
      The stack does not answer any more: this is what it was last. The page connects by itself when it is back; if it
      was started anew, open the address that <code>concordat up</code> prints.
    </p>
  )
}
