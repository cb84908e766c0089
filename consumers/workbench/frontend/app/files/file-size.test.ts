import { fileSize } from './file-size.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [3_400, '3.4 kB'],
  [5_242_880, '5.2 MB'],
  [7e12, '7000.0 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text)
})
