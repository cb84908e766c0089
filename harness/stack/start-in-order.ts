import { edgesFrom, type System } from '#harness/contract/system.ts'

/**
 * Starts components: each after those that it calls and that come before it, the others together. Those of a ring start
 * in the order given. Where one fails, those that need it are left out.
 * @param names in start order
 * @throws what the first one failed with, once nothing is starting any more
 */
export async function startInOrder(
  system: System,
  names: readonly string[],
  start: (name: string) => Promise<void>,
): Promise<void> {
  const starting = new Map<string, Promise<void>>()
  for (const name of names) {
    const needed = edgesFrom(system, name).flatMap(({ provider }) => starting.get(provider) ?? [])
    starting.set(
      name,
      Promise.all(needed).then(() => start(name)),
    )
  }
  const settled = await Promise.allSettled(starting.values())
  const failure = settled.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
}
