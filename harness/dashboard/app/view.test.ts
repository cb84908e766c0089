import { noFilter } from './log/filter.ts'
import { firstView, look } from './view.ts'

test('an exchange that is opened is shown in the panel of requests', () => {
  const view = look({ ...firstView, panel: 'faults' }, { to: 'exchange', id: 7 })
  expect(view).toMatchObject({ panel: 'request', selected: 7 })
  expect(look(view, { to: 'no exchange' }).selected).toBeUndefined()
})

test('an edge that is chosen is filtered by, and no more when it is chosen again', () => {
  const chosen = look(firstView, { to: 'edge', edge: 'shop → stock' })
  expect(chosen).toMatchObject({ edge: 'shop → stock', filter: { edge: 'shop → stock' } })
  const again = look(chosen, { to: 'edge', edge: 'shop → stock' })
  expect(again.filter.edge).toBeUndefined()
  expect(again.edge).toBe('shop → stock')
})

test('the calls of an operation are shown in place of what was filtered before', () => {
  const filtered = look(firstView, { to: 'filter', filter: { ...noFilter, text: 'items', status: '4xx' } })
  const view = look(filtered, { to: 'calls', edge: 'shop → stock', match: 'unrecorded' })
  expect(view.filter).toEqual({ text: '', edge: 'shop → stock', match: 'unrecorded' })
})
