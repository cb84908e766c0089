import type { Drift } from '#harness/drift/drift.ts'
import { routes } from './drifts/routes.ts'
import { replies } from './drifts/replies.ts'
import { fields } from './drifts/fields.ts'
import { refusals } from './drifts/refusals.ts'
import { streams } from './drifts/streams.ts'
import { channels } from './drifts/channels.ts'
import { answers } from './drifts/answers.ts'
import { pages } from './drifts/pages.ts'

/** One example at least of every class of drift that HTTP, event streams and channels can have. */
export const drifts: readonly Drift[] = [
  ...routes,
  ...replies,
  ...fields,
  ...refusals,
  ...streams,
  ...channels,
  ...answers,
  ...pages,
]
