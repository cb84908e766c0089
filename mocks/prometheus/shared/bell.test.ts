import { makeBell } from './bell.ts'

const never = new AbortController().signal

test('the bell wakes all that wait', async () => {
  const bell = makeBell()
  const waiting = Promise.all([bell.wait(60_000, never), bell.wait(60_000, never)])
  bell.ring()
  expect(await waiting).toHaveLength(2)
})

test('nobody waits longer than they want', async () => {
  expect(await makeBell().wait(1, never)).toBeUndefined()
  expect(await makeBell().wait(-1, never)).toBeUndefined()
})

test('waiting ends with its signal', async () => {
  const control = new AbortController()
  const waiting = makeBell().wait(60_000, control.signal)
  control.abort()
  expect(await waiting).toBeUndefined()
  expect(await makeBell().wait(60_000, control.signal)).toBeUndefined()
})
