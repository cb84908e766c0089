import { refusalOf } from './refusal.ts'

/**
 * What came of a call under a claim, where its node has to decide: `lease-lost` where the claim does not hold any more, or
 * the todo is gone, so the task is to be abandoned; `conflict` where something else was stored under the claim before.
 */
export type UnderClaim<T = unknown> =
  | Readonly<{ kind: 'done'; value: T }>
  | Readonly<{ kind: 'lease-lost' }>
  | Readonly<{ kind: 'conflict' }>

/**
 * The outcome of a call under a claim.
 * @throws what the call threw, where that is no loss of the lease and no conflict.
 */
export async function underClaim<T>(call: Promise<T>): Promise<UnderClaim<T>> {
  try {
    return { kind: 'done', value: await call }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.kind === 'not-found' || refusal?.code === 'lease_lost') return { kind: 'lease-lost' }
    if (refusal?.code === 'conflict') return { kind: 'conflict' }
    throw error
  }
}
