import { Component, type ReactNode } from 'react'

type Props = Readonly<{ children: ReactNode }>
type State = Readonly<{ hasFailed: boolean }>

/** What is drawn in the place of a page that could not be drawn. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <main className="alone" role="alert">
        <h1>Something went wrong on this page</h1>
        <p>Nothing that you sent is lost.</p>
        <button type="button" className="button button-main" onClick={() => location.reload()}>
          Load the page again
        </button>
      </main>
    )
  }
}
