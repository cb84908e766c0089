import { rowAfter, scrolledTo, visibleRows, type Window } from './visible-rows.ts'

const window: Window = { count: 1000, rowHeight: 20, scrollTop: 0, height: 200 }

test('of a thousand rows only those in the window and a few around it are drawn', () => {
  expect(visibleRows(window)).toEqual({ from: 0, to: 16 })
  expect(visibleRows({ ...window, scrollTop: 10_000 })).toEqual({ from: 494, to: 516 })
  expect(visibleRows({ ...window, scrollTop: 19_800 })).toEqual({ from: 984, to: 1000 })
})

test('a window that stands beyond a list that became shorter shows its end', () => {
  expect(visibleRows({ ...window, count: 3, scrollTop: 10_000 })).toEqual({ from: 3, to: 3 })
  expect(visibleRows({ ...window, count: 0 })).toEqual({ from: 0, to: 0 })
})

test('the window moves no further than a row needs', () => {
  expect(scrolledTo(3, window)).toBe(0)
  expect(scrolledTo(12, window)).toBe(60)
  expect(scrolledTo(4, { ...window, scrollTop: 500 })).toBe(80)
})

test('arrows, pages, Home and End move through the rows, and stop at the ends', () => {
  expect(rowAfter('ArrowDown', -1, window)).toBe(0)
  expect(rowAfter('ArrowUp', 5, window)).toBe(4)
  expect(rowAfter('PageDown', 5, window)).toBe(14)
  expect(rowAfter('Home', 500, window)).toBe(0)
  expect(rowAfter('End', 500, window)).toBe(999)
  expect(rowAfter('ArrowDown', 999, window)).toBe(999)
  expect(rowAfter('ArrowDown', -1, { ...window, count: 0 })).toBeUndefined()
  expect(rowAfter('a', 5, window)).toBeUndefined()
})
