import { isOver, leaseOf, leaseUntil } from './lease.ts'

test('a lease is looked at after a third of what is left of it', () => {
  expect(leaseUntil(60_000, 0)).toEqual({ until: 60_000, lookAt: 20_000 })
  expect(leaseUntil(60_000, 30_000).lookAt).toBe(40_000)
  expect(leaseUntil(60_000, 59_999).lookAt).toBeGreaterThan(60_000)
})

test('it is over when its end has come', () => {
  const lease = leaseOf({ lease_expires_at: '1970-01-01T00:01:00Z' }, 0)
  expect([isOver(lease, 59_999), isOver(lease, 60_000)]).toEqual([false, true])
})
