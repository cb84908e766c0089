import type { ExchangeSummary } from '#harness/control/types.ts'

type Changes = Partial<Omit<ExchangeSummary, 'status' | 'operation'>> &
  Readonly<{ status?: number | undefined; operation?: string | undefined }>

/** An exchange that all went well with, but for what is said. */
export function anExchange(changes: Changes = {}): ExchangeSummary {
  const { status = 'status' in changes ? undefined : 200, operation = operationOf(changes), ...rest } = changes
  return {
    id: 1,
    at: '2026-11-20T10:00:00.000Z',
    consumer: 'shop',
    provider: 'stock',
    method: 'GET',
    path: '/items/7',
    milliseconds: 3,
    outcome: 'answered',
    faults: [],
    match: { kind: 'recorded', consumer: 'shop', interaction: 'reads an item' },
    ...rest,
    ...(status !== undefined && { status }),
    ...(operation !== undefined && { operation }),
  }
}

function operationOf(changes: Changes): string | undefined {
  return 'operation' in changes ? undefined : 'getItem'
}
