import { latencies, percentile } from './latencies.ts'

test('percentiles are values that were measured', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect([50, 95, 99].map((share) => percentile(oneToHundred, share))).toEqual([50, 95, 99])
  expect(percentile([7], 95)).toBe(7)
  expect(percentile([], 95)).toBe(0)
})

test('throughput counts from the first start to the last end', async () => {
  let clock = 0
  const calls = latencies('claims', () => clock)
  for (const milliseconds of [100, 300, 100]) {
    await calls.time(() => {
      clock += milliseconds
      return Promise.resolve()
    })
  }
  expect(calls.figures()).toEqual([
    { name: 'claims', value: 3, unit: '' },
    { name: 'throughput', value: 6, unit: 'claims/s' },
    { name: 'p50', value: 100, unit: 'ms' },
    { name: 'p95', value: 300, unit: 'ms' },
    { name: 'p99', value: 300, unit: 'ms' },
    { name: 'errors', value: 0, unit: '' },
  ])
})

test('work that fails is counted, and fails', async () => {
  const calls = latencies('claims')
  await expect(calls.time(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(calls.figures()).toContainEqual({ name: 'errors', value: 1, unit: '' })
})
