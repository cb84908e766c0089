import { useState, type FormEvent, type ReactNode } from 'react'
import type { User } from '../../auth.ts'
import { useApi } from '../api-context.ts'
import { failureOf, type Failure } from '../failures/failure.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { isSaidByFields, mistakeIn } from '../failures/field-mistakes.ts'
import { Field } from '../pieces/field.tsx'
import { formText } from '../pieces/form-text.ts'
import { useCountdown } from './use-countdown.ts'

type Props = Readonly<{ hasExpired: boolean; onSignedIn: (user: User) => void }>

/** Asks for address and password. */
export function SignInPage({ hasExpired, onSignedIn }: Props): ReactNode {
  const { failure, isRunning, waitSeconds, submit } = useSignIn(onSignedIn)
  return (
    <main className="alone sign-in">
      <p className="brand-mark" aria-hidden="true" />
      <h1>Workbench</h1>
      <p className="muted">Sign in to think things through with a language model.</p>
      {hasExpired && !failure && (
        <p className="notice" role="status">
          Your session is over. Sign in again, and you are back where you were.
        </p>
      )}
      <form className="card" onSubmit={submit} aria-label="Sign in">
        <Field
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          required
          mistake={mistakeIn(failure, 'email')}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          mistake={mistakeIn(failure, 'password')}
        />
        {failure && <SignInFailure failure={failure} waitSeconds={waitSeconds} />}
        <button type="submit" className="button button-main" disabled={isRunning || waitSeconds > 0}>
          {waitSeconds > 0 ? `Wait ${waitSeconds} s` : isRunning ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  )
}

function SignInFailure({ failure, waitSeconds }: Readonly<{ failure: Failure; waitSeconds: number }>): ReactNode {
  if (isSaidByFields(failure, ['email', 'password'])) return null
  if (failure.kind !== 'too-many-attempts') return <FailureNotice failure={failure} />
  return (
    <p className="notice notice-bad" role="alert" data-failure={failure.kind}>
      <span role="timer">
        {waitSeconds > 0 ? `Too many attempts. Try again in ${waitSeconds} seconds.` : 'You can try again now.'}
      </span>
    </p>
  )
}

type SignIn = Readonly<{
  failure: Failure | undefined
  isRunning: boolean
  /** Seconds until another attempt is let through. */
  waitSeconds: number
  submit: (event: FormEvent<HTMLFormElement>) => void
}>

/** Where a provider asks to wait and does not say how long. */
const usualWaitSeconds = 60

function useSignIn(onSignedIn: (user: User) => void): SignIn {
  const api = useApi()
  const [failure, setFailure] = useState<Failure>()
  const [isRunning, setRunning] = useState(false)
  const [waitUntil, setWaitUntil] = useState<number>()
  const waitSeconds = useCountdown(waitUntil)
  async function signIn(email: string, password: string): Promise<void> {
    setRunning(true)
    setFailure(undefined)
    try {
      onSignedIn(await api.signIn(email, password))
    } catch (error) {
      const found = failureOf(error)
      setFailure(found)
      if (found.kind === 'too-many-attempts') setWaitUntil(Date.now() + (found.waitSeconds ?? usualWaitSeconds) * 1000)
    } finally {
      setRunning(false)
    }
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void signIn(formText(form, 'email'), formText(form, 'password'))
  }
  return { failure, isRunning, waitSeconds, submit }
}
