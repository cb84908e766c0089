import { useEffect, useRef, type ReactNode } from 'react'

type Props = Readonly<{ title: string; onClose: () => void; children: ReactNode }>

/** A question in front of the page. Escape closes it, and the keyboard goes back to where it was. */
export function Dialog({ title, onClose, children }: Props): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="dialog-title" onCancel={onClose}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  )
}
