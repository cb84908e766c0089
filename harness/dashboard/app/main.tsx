import './no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createFeed } from './connection/feed.ts'
import { FeedContext } from './connection/feed-context.ts'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import './styles/all.css'

const place = document.getElementById('app')
if (!place) throw new Error('The page has no element "app" to draw into.')

createRoot(place).render(
  <StrictMode>
    <ErrorBoundary>
      <FeedContext value={createFeed(location.origin)}>
        <App />
      </FeedContext>
    </ErrorBoundary>
  </StrictMode>,
)
