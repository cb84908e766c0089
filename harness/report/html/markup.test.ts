import { escapeHtml, markup, trusted } from './markup.ts'

test('texts are escaped, pieces and lists of them are not', () => {
  const rows = ['<b>', '"x"'].map((cell) => markup`<td title="${cell}">${cell}</td>`)
  expect(markup`<tr>${rows}${3}${undefined}${false}</tr>`.text).toBe(
    '<tr><td title="&lt;b&gt;">&lt;b&gt;</td><td title="&quot;x&quot;">&quot;x&quot;</td>3</tr>',
  )
  expect(markup`${trusted('<br>')}`.text).toBe('<br>')
})

test('what no XML may hold is left out', () => {
  expect(escapeHtml('a\u0000b\u001B[31mc\uD800d\tz')).toBe('ab[31mc\uFFFDd\tz')
})
