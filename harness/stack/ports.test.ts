import { once } from 'node:events'
import { createServer } from 'node:net'
import { connectFailure, freePort, onFreePort, portOwner } from './ports.ts'
import { describeWhen } from './testing/describe-when.ts'

test('a free port can be listened on', async () => {
  const port = await freePort()
  await using server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  expect(await connectFailure(port)).toBeUndefined()
})

test('free ports that are asked for together differ', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()))
  expect(new Set(ports).size).toBe(20)
})

test('another port is tried when somebody was quicker', async () => {
  const tried: number[] = []
  const port = await onFreePort((candidate) => {
    tried.push(candidate)
    return tried.length < 3 ? Promise.reject(new Error('bind: Address already in use')) : Promise.resolve(candidate)
  })
  expect(tried).toHaveLength(3)
  expect(port).toBe(tried[2])
})

test('a port that was had before is tried first', async () => {
  const tried: number[] = []
  const before = await freePort()
  const port = await onFreePort((candidate) => {
    tried.push(candidate)
    const taken = new Error(`Cannot start it: port ${candidate} is in use by node (pid 1).`)
    return tried.length < 2 ? Promise.reject(taken) : Promise.resolve(candidate)
  }, before)
  expect(tried).toEqual([before, port])
})

test('a start that fails for another reason is not tried again', async () => {
  let tries = 0
  const starting = onFreePort(() => Promise.reject(new Error(`no disk, try ${++tries}`)))
  await expect(starting).rejects.toThrow('no disk, try 1')
})

test('the reason is given when nothing listens', async () => {
  const port = await freePort()
  expect(await connectFailure(port)).toBe(`ECONNREFUSED at 127.0.0.1:${port}`)
})

describeWhen(
  process.platform === 'linux' ? undefined : 'the owner of a port is known on Linux only',
  'portOwner',
  () => {
    test('names the program and the process that listens', async () => {
      await using server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as { port: number }
      expect(portOwner(port)).toBe(`node (pid ${process.pid})`)
    })

    test('knows nobody for a port that is free', async () => {
      expect(portOwner(await freePort())).toBeUndefined()
    })
  },
)
