/**
 * Takes what starts together into care. Where one cannot be had, the others are in care all the same, so that they end
 * with the stack.
 * @throws what the first one failed with
 */
export async function useAll<const T extends readonly AsyncDisposable[]>(
  resources: AsyncDisposableStack,
  starting: { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const settled = await Promise.allSettled(starting)
  const started = settled.flatMap((result) => (result.status === 'fulfilled' ? [resources.use(result.value)] : []))
  const failure = settled.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
  return started as unknown as T
}
