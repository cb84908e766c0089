import { readHeaderList } from './header-list.ts'

test('a list has items, and items have parameters', () => {
  expect(readHeaderList('latency=300;spreadMs=20 ; seed = 7, reset')).toEqual([
    {
      name: 'latency',
      value: '300',
      parameters: [
        { name: 'spreadMs', value: '20' },
        { name: 'seed', value: '7' },
      ],
    },
    { name: 'reset', value: undefined, parameters: [] },
  ])
})

test('a value between quotation marks may hold what parts items, and what is escaped', () => {
  const [item] = readHeaderList(String.raw`example="a, b; \"c\" = \\";x=""`)
  expect(item).toEqual({
    name: 'example',
    value: String.raw`a, b; "c" = \ `.trim(),
    parameters: [{ name: 'x', value: undefined }],
  })
})

test('a value without quotation marks may have spaces and slashes in it', () => {
  expect(readHeaderList('example=reads a book, contentType=text/html')).toMatchObject([
    { name: 'example', value: 'reads a book' },
    { name: 'contentType', value: 'text/html' },
  ])
})

test('empty items are none (RFC 9110 §5.6.1.2)', () => {
  expect(readHeaderList(' , a,, b,')).toMatchObject([{ name: 'a' }, { name: 'b' }])
  expect(readHeaderList('')).toEqual([])
})

test.each([
  ['a="b', 'a quotation mark is not closed'],
  ['=a', '"=a" is not name=value'],
  ['a b', '"a b" is not name=value'],
  ['a;b c', '"b c" is not name=value'],
])('%s cannot be read', (text, message) => {
  expect(() => readHeaderList(text)).toThrow(new SyntaxError(message))
})
