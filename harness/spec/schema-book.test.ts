import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'
import { schemaBook } from './schema-book.ts'
import { schemaNames } from './schema-names.ts'

const Colour = z.enum(['red', 'green'])
const Thing = z.object({ id: z.uuid(), colour: Colour, size: z.int().default(1) })
const Box = z.object({ things: z.array(Thing) })
const names = schemaNames([{ Colour, Thing, Box }])

test('what has a name is referred to, and defined once', () => {
  const book = schemaBook(names)
  expect(book.schemaOf(z.object({ data: Colour }), 'output')).toEqual({
    type: 'object',
    properties: { data: { $ref: '#/components/schemas/Colour' } },
    required: ['data'],
  })
  book.schemaOf(z.array(Colour), 'input')
  expect(book.definitions()).toEqual({ Colour: { type: 'string', enum: ['red', 'green'] } })
})

test('what a sender may leave out and a reader always gets is two shapes, and so is what contains it', () => {
  const book = schemaBook(names)
  expect(book.schemaOf(Box, 'input')).toEqual({ $ref: '#/components/schemas/BoxInput' })
  expect(book.schemaOf(Box, 'output')).toEqual({ $ref: '#/components/schemas/Box' })
  expect(Object.keys(book.definitions())).toEqual(['Box', 'BoxInput', 'Colour', 'Thing', 'ThingInput'])
  expect(book.definitions()).toMatchObject({
    BoxInput: { properties: { things: { items: { $ref: '#/components/schemas/ThingInput' } } } },
    ThingInput: { required: ['id', 'colour'] },
    Thing: { required: ['id', 'colour', 'size'] },
  })
})

test('a reader is bound to no more than the contract says, unless that is strict', () => {
  const book = schemaBook(names)
  expect(book.schemaOf(z.object({ n: z.int() }), 'output')).toEqual({
    type: 'object',
    properties: { n: { type: 'integer' } },
    required: ['n'],
  })
  expect(book.schemaOf(z.strictObject({}), 'output')).toMatchObject({ additionalProperties: false })
  expect(book.schemaOf(z.uuid(), 'output')).toEqual({ type: 'string', format: 'uuid' })
  expect(book.schemaOf(secret(z.string()), 'output')).toEqual({ type: 'string', format: 'password' })
})

test('a shape that contains itself needs a name', () => {
  const Tree = z.object({
    get children() {
      return z.array(Tree)
    },
  })
  expect(() => schemaBook(names).schemaOf(Tree, 'output')).toThrow('a schema refers to itself and has no name')
  const book = schemaBook(schemaNames([{ Tree }]))
  book.schemaOf(Tree, 'output')
  expect(book.definitions()).toMatchObject({
    Tree: { properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } },
  })
})
