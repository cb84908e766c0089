import { useState, type ReactNode, type SubmitEvent } from 'react'
import { tokenIn } from './token.ts'

type Props = Readonly<{ had: 'no token' | 'a wrong token'; onToken: (token: string) => void }>

/** Asks for the token of the stack, and says where it is. */
export function TokenGate({ had, onToken }: Props): ReactNode {
  const [text, setText] = useState('')
  const token = tokenIn(text)
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (token !== undefined) onToken(token)
  }
  return (
    <main className="gate">
      <h1>{had === 'no token' ? 'This page needs the token of the stack' : 'That is not the token of this stack'}</h1>
      <p>
        {had === 'a wrong token' && 'The stack here was started with another one, by another project perhaps. '}
        <code>concordat up</code> prints a line <code>control http://127.0.0.1:…/#…</code> when it starts: open that
        address, or paste it here.
      </p>
      <form onSubmit={submit}>
        <label htmlFor="token">Address or token</label>
        <input
          id="token"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="primary" disabled={token === undefined}>
          Open
        </button>
      </form>
    </main>
  )
}
