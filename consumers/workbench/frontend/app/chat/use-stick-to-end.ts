import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** How far from the end still counts as the end, in pixels. */
const tolerance = 48

/** Keeps an element scrolled to its end while it grows, unless somebody scrolled away from there. */
export function useStickToEnd(target: RefObject<HTMLElement | null>, growth: string): void {
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = target.current
    if (!element) return undefined
    function look(): void {
      if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < tolerance
    }
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [target])
  useLayoutEffect(() => {
    const element = target.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [target, growth])
}
