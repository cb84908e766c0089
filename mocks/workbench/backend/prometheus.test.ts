import { counter, histogram } from './prometheus.ts'

test('a counter is written as the text format of Prometheus has it', () => {
  const requests = counter<'path'>({ name: 'requests', help: 'Requests.' })
  requests.increase({ path: '/a' })
  requests.increase({ path: '/a' })
  requests.increase({ path: 'a "b" \\ \n' })
  expect(requests.lines()).toEqual([
    '# HELP requests Requests.',
    '# TYPE requests counter',
    'requests{path="/a"} 2',
    'requests{path="a \\"b\\" \\\\ \\n"} 1',
  ])
})

test('a histogram counts in each bucket what lies at or below its bound', () => {
  const seconds = histogram<'query'>({ name: 'seconds', help: 'Seconds.' })
  for (const value of [0.005, 0.02, 3, 20]) seconds.observe({ query: 'find' }, value)
  const lines = seconds.lines()
  expect(lines).toHaveLength(16)
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE seconds histogram',
      'seconds_bucket{le="0.005",query="find"} 1',
      'seconds_bucket{le="0.025",query="find"} 2',
      'seconds_bucket{le="2.5",query="find"} 2',
      'seconds_bucket{le="5",query="find"} 3',
      'seconds_bucket{le="+Inf",query="find"} 4',
      'seconds_sum{query="find"} 23.025',
      'seconds_count{query="find"} 4',
    ]),
  )
})
