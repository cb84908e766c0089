import { createOwnerApi, type OwnerApi } from '#consumers/prometheus/owner/api.ts'
import type { Todo } from '#consumers/prometheus/owner/jobs.ts'
import { tokenSource } from '#consumers/prometheus/shared/token-source.ts'
import { coordinator, coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { client, type Client } from '#harness/client/client.ts'
import type { Stack } from '#harness/scenario/stack.ts'

/** The API as an owner of this name uses it. */
export function ownerAt(stack: Stack, name = 'ann'): OwnerApi {
  return createOwnerApi({ coordinatorUrl: stack.url('owner', 'coordinator'), token: tokenOf(name) })
}

/** The same without a library between: sees all that the coordinator says, and not only what an owner reads of it. */
export function wholeAnswers(stack: Stack, name = 'ann'): Client<typeof coordinator> {
  const credentials = { kind: 'bearer', token: tokenOf(name) } as const
  return client(coordinator, { baseUrl: stack.url('owner', 'coordinator'), credentials })
}

function tokenOf(name: string): () => Promise<string> {
  const caller = { name, role: 'owner' } as const
  return tokenSource({ keys: developmentKeys.tokenKeys, caller, audience: coordinatorName })
}

/** The work of a job, in the order of the plan. */
export async function workOf(owner: OwnerApi, jobId: string): Promise<readonly Todo[]> {
  const list = await owner.todos(jobId, { perPage: 100 })
  return (list?.todos ?? []).filter(({ kind }) => kind === 'work')
}
