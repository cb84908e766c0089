import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export type Scrolled = Readonly<{ scrollTop: number; height: number }>

type Rows = Readonly<{ ids: readonly number[]; rowHeight: number }>

/**
 * Where a list is scrolled to and how high it is, in pixels. What comes in above does not move what is looked at, unless
 * the very top is.
 */
export function useWindow({ ids, rowHeight }: Rows): readonly [RefObject<HTMLDivElement | null>, Scrolled] {
  const element = useRef<HTMLDivElement>(null)
  const anchor = useRef({ id: -1, row: 0 })
  const [scrolled, setScrolled] = useState<Scrolled>({ scrollTop: 0, height: 400 })
  useEffect(() => {
    const list = element.current
    if (!list) return
    const read = (): void => setScrolled({ scrollTop: list.scrollTop, height: list.clientHeight })
    const sizes = new ResizeObserver(read)
    sizes.observe(list)
    list.addEventListener('scroll', read, { passive: true })
    return () => {
      sizes.disconnect()
      list.removeEventListener('scroll', read)
    }
  }, [])
  useLayoutEffect(() => {
    const list = element.current
    if (!list) return
    const row = ids.indexOf(anchor.current.id)
    if (list.scrollTop > 0 && row >= 0) list.scrollTop += (row - anchor.current.row) * rowHeight
    const first = Math.floor(list.scrollTop / rowHeight)
    anchor.current = { id: ids[first] ?? -1, row: first }
  })
  return [element, scrolled]
}
