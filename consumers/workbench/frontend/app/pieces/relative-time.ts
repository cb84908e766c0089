const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

/** How long ago something was: `just now`, `5 minutes ago`, `yesterday`; a date after a week. */
export function relativeTime(time: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - time.getTime()) / 1000)
  if (seconds > 7 * 86_400) return date.format(time)
  for (const [unit, size] of units) if (seconds >= size) return words.format(-Math.floor(seconds / size), unit)
  return 'just now'
}
