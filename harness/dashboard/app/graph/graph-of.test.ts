import type { ComponentView, EdgeView, StackView } from '#harness/control/types.ts'
import { graphOf } from './graph-of.ts'

const component: ComponentView = {
  name: 'stock',
  kind: 'mock',
  up: true,
  url: 'http://127.0.0.1:3000',
  detail: 'mock (seed 1)',
  stores: [],
  states: [],
  takesStates: true,
  operations: [],
}

function stackOf(...edges: readonly Partial<EdgeView>[]): StackView {
  const whole = edges.map((edge) => ({
    consumer: 'shop',
    provider: 'stock',
    urls: [],
    interactions: 1,
    faults: [],
    ...edge,
  }))
  return { system: 'shop', components: [component], edges: whole, established: [] }
}

test('who only calls is drawn too', () => {
  const { nodes } = graphOf(stackOf({}), new Map())
  expect(nodes).toEqual([
    { name: 'shop', component: undefined },
    { name: 'stock', component },
  ])
})

test('callers that could be several are drawn once they have called, or meet a fault', () => {
  const stack = stackOf({}, { consumer: '(anyone)' })
  const names = (tallies: Parameters<typeof graphOf>[1], shown = stack) =>
    graphOf(shown, tallies).edges.map(({ name }) => name)
  expect(names(new Map())).toEqual(['shop → stock'])
  const called = new Map([['anyone → stock', { good: 1, refused: 0, failed: 0 }]])
  expect(names(called)).toEqual(['shop → stock', 'anyone → stock'])
  const faulty = stackOf({ consumer: '(anyone)', faults: [{ fault: { kind: 'reset' }, acted: 0 }] })
  expect(names(new Map(), faulty)).toEqual(['anyone → stock'])
})
