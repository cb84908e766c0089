import { useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'

type Props = Readonly<{ isComing: boolean; onSend: (text: string) => void; onStop: () => void }>

/** Takes a message: Enter sends it, with Shift it begins a line. While an answer comes, it can be stopped here. */
export function Composer({ isComing, onSend, onStop }: Props): ReactNode {
  const [text, setText] = useState('')
  const field = useGrowingField(text)
  const canSend = !isComing && text.trim() !== ''
  function send(): void {
    if (!canSend) return
    onSend(text.trim())
    setText('')
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    send()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form className="composer" onSubmit={submit} aria-label="Write a message">
      <textarea
        ref={field}
        name="message"
        data-testid="message-input"
        aria-label="Message"
        placeholder="Ask something…"
        rows={1}
        maxLength={32_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        autoFocus
      />
      {isComing ? (
        <button type="button" className="button button-round" aria-label="Stop the answer" onClick={onStop}>
          <Icon name="stop" isFilled />
        </button>
      ) : (
        <button type="submit" className="button button-main button-round" aria-label="Send" disabled={!canSend}>
          <Icon name="send" />
        </button>
      )}
    </form>
  )
}

/** A field that is as high as its text, up to what its style allows. */
function useGrowingField(text: string) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])
  return field
}
