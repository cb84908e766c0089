import type { ReactNode } from 'react'
import { useFeed, useFeedState } from '../connection/feed-context.ts'
import { clockTime } from '../clock-time.ts'

/** What there is to know beside requests, the newest of it, until it is put away. */
export function Notices(): ReactNode {
  const feed = useFeed()
  const { notices } = useFeedState()
  const notice = notices.at(-1)
  return (
    <div role="status">
      {notice && (
        <p className={`notice ${notice.level}`}>
          <strong>{notice.component ?? notice.level}</strong>
          <span className="grow">{notice.message}</span>
          {notices.length > 1 && <span className="faint">{notices.length - 1} more</span>}
          <time className="faint" dateTime={notice.at}>
            {clockTime(notice.at)}
          </time>
          <button type="button" onClick={() => feed.putAway(notice.number)}>
            Dismiss
          </button>
        </p>
      )}
    </div>
  )
}
