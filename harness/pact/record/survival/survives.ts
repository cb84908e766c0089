import type { Fault } from '#harness/fault/fault.ts'
import type { RecordingApi } from '../recording.ts'

/** What the consumer makes of a fault: its real client, given `api.url`, and assertions. */
export type Outcome = (api: RecordingApi, fault: Fault) => Promise<void>

/**
 * A fault that a consumer survives. By itself: the run of the recording passes in spite of it, as where the client tries
 * again. With an outcome: something else becomes of it, and this is what.
 */
export type Survives = Fault | Readonly<{ fault: Fault; outcome: Outcome }>
