import { linksUnder } from '../places/links.ts'
import { code, mdPlace, mdTable, plain } from './md.ts'

test.each([
  '<img src=x onerror=alert(1)>',
  '**bold** _it_ ~~no~~',
  '[a](https://b.c)',
  '`tick`',
  'a | b',
  '@octocat see #12',
  '# head',
  '![i](u)',
  '$x$',
  '\\<b>',
])('nothing of %j is left for Markdown to read', (text) => {
  expect(code(text)).toMatch(/^<code>[^`*_~[\](){}!\\|@$:]*<\/code>$/)
  expect(code(text).replaceAll(/<\/?code>|&#\d+;/g, '')).not.toMatch(/[<>#&]/)
})

test('a text stays on its line, and is cut where it is long', () => {
  expect(plain('one\n\ttwo')).toBe('one two')
  expect(plain('x'.repeat(1000))).toHaveLength(241)
})

test('mentions and numbers of issues are not linked', () => {
  expect(plain('@octocat #12')).toBe('&#64;&#8203;octocat &#35;&#8203;12')
})

test('a table is one', () => {
  expect(mdTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
})

test('a place is a link where sources can be read', () => {
  const place = { file: 'a b/c".ts', line: 3 }
  expect(mdPlace(place, linksUnder(undefined))).toBe('<code>a b/c&#34;.ts&#58;3</code>')
  expect(mdPlace(place, linksUnder('https://github.com/o/r/blob/abc/'))).toBe(
    '<a href="https://github.com/o/r/blob/abc/a%20b/c%22.ts#L3"><code>c&#34;.ts&#58;3</code></a>',
  )
})
