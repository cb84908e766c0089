import { useAll } from './use-all.ts'

function resource(name: string, ended: string[]): Promise<AsyncDisposable & { name: string }> {
  return Promise.resolve({ name, [Symbol.asyncDispose]: () => Promise.resolve(void ended.push(name)) })
}

test('what starts together ends with its stack, last one first', async () => {
  const ended: string[] = []
  const resources = new AsyncDisposableStack()
  const [database, cache] = await useAll(resources, [resource('database', ended), resource('cache', ended)])
  expect([database.name, cache.name]).toEqual(['database', 'cache'])
  await resources.disposeAsync()
  expect(ended).toEqual(['cache', 'database'])
})

test('where one cannot be had the others end all the same', async () => {
  const ended: string[] = []
  const resources = new AsyncDisposableStack()
  const refused = Promise.reject<AsyncDisposable>(new Error('no cache'))
  await expect(useAll(resources, [refused, resource('database', ended)])).rejects.toThrow('no cache')
  await resources.disposeAsync()
  expect(ended).toEqual(['database'])
})
