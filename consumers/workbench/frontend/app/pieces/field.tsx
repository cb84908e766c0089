import { useId, type ComponentProps, type ReactNode } from 'react'

type Props = ComponentProps<'input'> & Readonly<{ label: string; mistake?: string | undefined }>

/** An input with its label and what is wrong with it. */
export function Field({ label, mistake, ...input }: Props): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={mistake !== undefined}
        aria-describedby={mistake === undefined ? undefined : `${id}-mistake`}
        {...input}
      />
      {mistake !== undefined && (
        <p className="field-mistake" id={`${id}-mistake`} role="alert">
          {mistake}
        </p>
      )}
    </div>
  )
}
