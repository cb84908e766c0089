import { useEffect, useRef, useState, type RefObject } from 'react'

export type Size = Readonly<{ width: number; height: number }>

/** How large an element is, in pixels; undefined until it is there. */
export function useSize(): readonly [RefObject<HTMLDivElement | null>, Size | undefined] {
  const element = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useEffect(() => {
    const box = element.current
    if (!box) return
    const sizes = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }))
    sizes.observe(box)
    return () => sizes.disconnect()
  }, [])
  return [element, size]
}
