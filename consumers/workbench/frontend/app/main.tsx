import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createApi } from '../api.ts'
import { ApiContext } from './api-context.ts'
import { App } from './app.tsx'
import { addressesOf } from './environment.ts'
import { ErrorBoundary } from './failures/error-boundary.tsx'
import './styles/all.css'

const { VITE_API_URL, VITE_WS_URL } = import.meta.env
const api = createApi(addressesOf({ VITE_API_URL, VITE_WS_URL }, location.origin))
const place = document.getElementById('app')
if (!place) throw new Error('The page has no element "app" to draw into.')

createRoot(place).render(
  <StrictMode>
    <ErrorBoundary>
      <ApiContext value={api}>
        <App />
      </ApiContext>
    </ErrorBoundary>
  </StrictMode>,
)
