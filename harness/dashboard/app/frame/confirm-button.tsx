import { useEffect, useState, type ReactNode } from 'react'

type Props = Readonly<{ children: string; question: string; title?: string; onConfirm: () => void }>

/** For so long a button asks whether it is meant. */
const patienceMs = 4_000

/** A button that asks once more before it does what cannot be undone. */
export function ConfirmButton({ children, question, title, onConfirm }: Props): ReactNode {
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (!asking) return
    const timer = setTimeout(() => setAsking(false), patienceMs)
    return () => clearTimeout(timer)
  }, [asking])
  function press(): void {
    if (asking) onConfirm()
    setAsking(!asking)
  }
  return (
    <button
      type="button"
      className={asking ? 'danger' : undefined}
      title={title}
      onClick={press}
      onBlur={() => setAsking(false)}
    >
      {asking ? question : children}
    </button>
  )
}
