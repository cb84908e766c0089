/** A list of rows of one height, and the window that it is seen through, in pixels. */
export type Window = Readonly<{ count: number; rowHeight: number; scrollTop: number; height: number }>

/** So many rows are drawn beyond the window, so that scrolling shows no gaps. */
const beyond = 6

/** The rows to draw: from the first up to, and without, the last. */
export function visibleRows({ count, rowHeight, scrollTop, height }: Window): Readonly<{ from: number; to: number }> {
  const first = Math.floor(scrollTop / rowHeight) - beyond
  const last = Math.ceil((scrollTop + height) / rowHeight) + beyond
  const to = Math.min(count, Math.max(0, last))
  return { from: Math.min(Math.max(0, first), to), to }
}

/** Where the window has to stand so that a row is within, moved as little as possible. */
export function scrolledTo(row: number, { rowHeight, scrollTop, height }: Window): number {
  const top = row * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - height)
}

/** The row that a key goes to; undefined for a key that goes nowhere. Nothing chosen yet counts as before the first. */
export function rowAfter(key: string, row: number, { count, rowHeight, height }: Window): number | undefined {
  const page = Math.max(1, Math.floor(height / rowHeight) - 1)
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  if (step === undefined || count === 0) return undefined
  return Math.min(count - 1, Math.max(0, row + step))
}
