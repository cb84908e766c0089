import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { createOwnerApi, type OwnerApi, type OwnerOptions } from '../api.ts'

/** An owner whose token the replay fills in. */
export function ownerAt({ url, placeholder }: RecordingApi, options: Partial<OwnerOptions> = {}): OwnerApi {
  return createOwnerApi({ coordinatorUrl: url, token: () => placeholder, retryDelayMs: 1, ...options })
}
