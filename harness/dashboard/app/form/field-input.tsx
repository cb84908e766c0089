import { useId, type ReactNode } from 'react'
import { jsonMistake } from './draft.ts'
import type { Field, Input } from './fields.ts'

type Props = Readonly<{
  field: Field
  label: string
  text: string
  mistake: string | undefined
  onText: (text: string) => void
}>

/** One field of a form with its label, what it takes, and what is wrong with it. */
export function FieldInput({ field, label, text, mistake, onText }: Props): ReactNode {
  const id = useId()
  const hints = hintsOf(field)
  const wrong = mistake ?? (field.input.kind === 'json' && text.trim() !== '' ? jsonMistake(text) : undefined)
  const described = [hints && `${id}-hint`, wrong && `${id}-mistake`].filter(Boolean).join(' ')
  const common = {
    id,
    'aria-invalid': wrong !== undefined,
    'aria-required': field.required,
    ...(described !== '' && { 'aria-describedby': described }),
  }
  return (
    <div className={`field field-${field.input.kind}`}>
      <label htmlFor={id}>
        {label} {!field.required && <span className="faint">optional</span>}
      </label>
      <Control input={field.input} isRequired={field.required} text={text} onText={onText} common={common} />
      {hints && (
        <p className="hint" id={`${id}-hint`}>
          {hints}
        </p>
      )}
      {wrong !== undefined && (
        <p className="mistake" id={`${id}-mistake`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}

type Common = Readonly<{ id: string; 'aria-invalid': boolean; 'aria-required': boolean; 'aria-describedby'?: string }>
type ControlProps = Readonly<{
  input: Input
  isRequired: boolean
  text: string
  onText: (text: string) => void
  common: Common
}>

function Control({ input, isRequired, text, onText, common }: ControlProps): ReactNode {
  switch (input.kind) {
    case 'text':
    case 'number':
      return (
        <input
          {...common}
          inputMode={input.kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      )
    case 'choice':
      return (
        <select {...common} value={text} onChange={({ target }) => onText(target.value)}>
          {(!isRequired || text === '') && <option value="">{isRequired ? 'choose one' : 'not given'}</option>}
          {input.options.map((option) => {
            const value = JSON.stringify(option)
            return (
              <option key={value} value={value}>
                {String(option)}
              </option>
            )
          })}
        </select>
      )
    case 'json':
      return (
        <textarea
          {...common}
          rows={Math.min(14, Math.max(2, text.split('\n').length))}
          spellCheck={false}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      )
    default:
      return input satisfies never
  }
}

function hintsOf({ input, nullable, description }: Field): string | undefined {
  const hints = [description, kindHint(input), nullable ? 'empty: null' : undefined].filter(Boolean)
  return hints.length > 0 ? hints.join(' · ') : undefined
}

function kindHint(input: Input): string | undefined {
  switch (input.kind) {
    case 'text':
      return input.format
    case 'number': {
      const what = input.whole ? 'whole number' : 'number'
      if (input.minimum === undefined) return what
      return `${what}, ${input.minimum}${input.maximum === undefined ? ' or more' : ` to ${input.maximum}`}`
    }
    case 'json':
      return 'JSON'
    case 'choice':
      return undefined
    default:
      return input satisfies never
  }
}
