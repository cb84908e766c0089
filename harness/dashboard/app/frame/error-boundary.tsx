import { Component, type ReactNode } from 'react'

type Props = Readonly<{ children: ReactNode }>
type State = Readonly<{ message: string | undefined }>

/** Says what broke where the page itself did. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { message: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === undefined) return this.props.children
    return (
      <main className="gate" role="alert">
        <h1>The dashboard broke</h1>
        <p>{message}</p>
        <button type="button" className="primary" onClick={() => location.reload()}>
          Load it again
        </button>
      </main>
    )
  }
}
