import { z } from 'zod'
import { ContractViolation } from './errors.ts'
import { readTolerantly } from './tolerant.ts'

const Book = z.object({
  title: z.string(),
  pages: z.int(),
  author: z.object({ name: z.string(), born: z.int().optional() }),
  tags: z.array(z.object({ name: z.string(), colour: z.string() })).default([]),
})
type Book = z.output<typeof Book>

const context = { operation: 'getBook (GET /book)', url: 'http://library.test/book', requestId: 'req-1' }
const whole = { title: 'Dune', pages: 412, author: { name: 'Herbert' } }

function read(value: unknown): Book {
  return readTolerantly(Book, value, context) as Book
}

test('a whole value is read with its defaults, and without what the contract does not have', () => {
  expect(read({ ...whole, shelf: 7 })).toEqual({ ...whole, tags: [] })
})

test('what is missing is missed when it is read, and only then', () => {
  const book = read({ title: 'Dune', author: {}, tags: [{ name: 'sand' }] })
  expect(book.title).toBe('Dune')
  expect(book.tags[0]?.name).toBe('sand')
  expect(() => book.pages).toThrow(ContractViolation)
  expect(() => book.pages).toThrow('getBook (GET /book): the reply lacks $.pages, which is read here.')
  expect(() => book.author.name).toThrow('lacks $.author.name')
  expect(() => book.tags[0]?.colour).toThrow('lacks $.tags[0].colour')
})

test('what is missing is missed by destructuring as well', () => {
  const book = read({ title: 'Dune' })
  expect(() => {
    const { pages } = book
    return pages
  }).toThrow('lacks $.pages')
})

test('what may be missing is undefined', () => {
  expect(read(whole).author.born).toBeUndefined()
  expect(read({ title: 'Dune', author: { name: 'Herbert' } }).author.born).toBeUndefined()
})

test('every wrong value is named at once, in place of the first read', () => {
  expect(() => read({ title: null, pages: '412', author: { name: 'Herbert' } })).toThrow(
    /\$\.title: .*; \$\.pages: .*Compare provider and contract/,
  )
})

test('a missing field does not hide a wrong one', () => {
  expect(() => read({ title: 'Dune', author: { name: 7 } })).toThrow('$.author.name: ')
})

test.each([null, undefined, 'Dune', 412, []])('%p where an object should be is wrong', (value) => {
  expect(() => read(value)).toThrow(ContractViolation)
})

test('of a union the alternative counts that the value fits best', () => {
  const Shape = z.union([
    z.object({ kind: z.literal('circle'), radius: z.number() }),
    z.object({ kind: z.literal('square'), side: z.number() }),
  ])
  const square = readTolerantly(Shape, { kind: 'square' }, context) as { kind: 'square'; side: number }
  expect(square.kind).toBe('square')
  expect(() => square.side).toThrow('lacks $.side')
})
