import type { ReactNode } from 'react'

type Props<Value extends string> = Readonly<{
  label: string
  /** What it says where nothing is chosen. */
  all: string
  value: Value | undefined
  /** What can be chosen, and how it is called. */
  options: Readonly<Record<Value, string>>
  onChange: (value: Value | undefined) => void
}>

/** One of several, or all. */
export function Choice<Value extends string>({ label, all, value, options, onChange }: Props<Value>): ReactNode {
  const names = Object.keys(options) as Value[]
  return (
    <select
      aria-label={label}
      className={value === undefined ? undefined : 'chosen'}
      value={value ?? ''}
      onChange={({ target }) => onChange(names.find((name) => name === target.value))}
    >
      <option value="">{all}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {options[name]}
        </option>
      ))}
    </select>
  )
}
