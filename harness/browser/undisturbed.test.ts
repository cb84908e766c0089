import { setTimeout as pause } from 'node:timers/promises'
import { undisturbed } from './undisturbed.ts'

/** Work that fails so many times, and what was said meanwhile. */
function failing(times: number) {
  const said: string[] = []
  let count = 0
  return {
    said,
    count: () => count,
    onAgain: (reason: string) => void said.push(reason),
    work: () => (++count <= times ? Promise.reject(new Error(`failure ${count}`)) : Promise.resolve('done')),
  }
}

function changing(): () => string {
  let looks = 0
  return () => String(looks++)
}

test('what fails while the network changes is tried once more', async () => {
  const { work, said, onAgain } = failing(2)
  expect(await undisturbed(work, { addresses: changing(), onAgain })).toBe('done')
  expect(said).toHaveLength(2)
})

test('what goes on failing fails', async () => {
  const { work, count, onAgain } = failing(9)
  await expect(undisturbed(work, { addresses: changing(), onAgain })).rejects.toThrow('failure 3')
  expect(count()).toBe(3)
})

test('what fails on a network that stays as it is fails at once', async () => {
  const { work, count, onAgain } = failing(1)
  await expect(undisturbed(work, { addresses: () => '127.0.0.1', onAgain })).rejects.toThrow('failure 1')
  expect(count()).toBe(1)
})

test('an address that came and went again is noticed', async () => {
  const { work, onAgain } = failing(1)
  let address = 'none'
  async function disturbed(): Promise<string> {
    address = '172.17.0.1'
    await pause(250)
    address = 'none'
    return work()
  }
  expect(await undisturbed(disturbed, { addresses: () => address, onAgain })).toBe('done')
})
