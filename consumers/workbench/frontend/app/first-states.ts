import { backend } from '#contracts/workbench/backend.ts'
import type { StateUse } from '#harness/contract/state.ts'

/** What there is when somebody begins to work on the pages: an account to sign in with. */
export const firstStates: readonly StateUse[] = [
  backend.states.userExists({ email: 'test@example.com', password: 'password' }),
]
