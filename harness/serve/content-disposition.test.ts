import { attachment } from './content-disposition.ts'

test.each([
  ['notes.txt', `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`],
  ['Übersicht (1).pdf', `attachment; filename="_bersicht (1).pdf"; filename*=UTF-8''%C3%9Cbersicht%20%281%29.pdf`],
  ['a"b\\c%20.txt', `attachment; filename="a_b_c_20.txt"; filename*=UTF-8''a%22b%5Cc%2520.txt`],
  ['line\r\nset-cookie: x', `attachment; filename="line__set-cookie: x"; filename*=UTF-8''line%0D%0Aset-cookie%3A%20x`],
])('%p is offered under its name, in plain and in full', (name, header) => {
  expect(attachment(name)).toBe(header)
})
