import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useOnline } from './use-online.ts'

/** Says that the browser has no network, for as long as that is so. */
export function OfflineBanner(): ReactNode {
  const isOnline = useOnline()
  return (
    <div role="status" className={isOnline ? undefined : 'offline'}>
      {!isOnline && (
        <>
          <Icon name="offline" />
          <span>You are offline. What you see may be old; the page goes on by itself once you are back.</span>
        </>
      )}
    </div>
  )
}
