import { useEffect } from 'react'
import { panels, type Look } from '../view.ts'

/** What the page hears everywhere: `/` goes to the filter, Escape closes what is open, 1 to 4 choose a panel. */
export function useKeys(onLook: (look: Look) => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === 'Escape') return close(event, onLook)
      if (isTyping(event.target)) return
      const panel = panels[Number(event.key) - 1]
      if (event.key === '/') {
        event.preventDefault()
        document.getElementById('filter')?.focus()
      } else if (panel) onLook({ to: 'panel', panel })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onLook])
}

/** Out of an input first, then what is open. */
function close({ target }: KeyboardEvent, onLook: (look: Look) => void): void {
  if (!isTyping(target)) onLook({ to: 'no exchange' })
  document.getElementById('requests')?.focus()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
