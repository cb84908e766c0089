import type { ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { useApi } from '../connection/api-context.ts'
import type { Phase } from '../connection/feed-state.ts'
import { messageOf, useTask } from '../use-task.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

type Props = Readonly<{ stack: StackView; phase: Phase }>

/** Which system it is, whether it is there, and what concerns all of it. */
export function Header({ stack, phase }: Props): ReactNode {
  const api = useApi()
  const [task, run] = useTask<unknown>()
  return (
    <header className="header">
      <h1>
        <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M9 11h6a5 5 0 0 1 5 5 5 5 0 0 0 3 5M9 21h4a5 5 0 0 0 5-5 5 5 0 0 1 5-5" />
        </svg>
        <span className="brand">Concordat</span> {stack.system}
      </h1>
      <Connection phase={phase} />
      <span className="grow" />
      {task.kind === 'failed' && (
        <span role="alert" className="mistake">
          {messageOf(task.error)}
        </span>
      )}
      <button
        type="button"
        title="Forgets all requests, and what they covered"
        onClick={() => run(() => api.clearExchanges())}
      >
        Clear requests
      </button>
      <ConfirmButton
        question="Take back all states and faults?"
        title="Takes back all states and faults, and brings back who is down"
        onConfirm={() => run(() => api.reset())}
      >
        Reset
      </ConfirmButton>
      <ThemeSwitch />
    </header>
  )
}

const words: Readonly<Record<Phase['kind'], string>> = {
  connecting: 'connecting',
  connected: 'live',
  resting: 'resting',
  lost: 'connection lost',
  refused: 'refused',
}

function Connection({ phase }: Readonly<{ phase: Phase }>): ReactNode {
  const word = words[phase.kind]
  return (
    <span className={`connection ${phase.kind}`} role="status" title={phase.kind === 'lost' ? phase.reason : undefined}>
      {word}
    </span>
  )
}
