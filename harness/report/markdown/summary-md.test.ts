import { finding } from '#harness/gate/testing/evidence.ts'
import { allTried, allWrong, reportOf } from '../testing/example-report.ts'
import { commentMd } from './comment-md.ts'
import { summaryMd } from './summary-md.ts'

const attack = '@octocat closes #1 </details><img src=x> **bold** | `code` ![i](https://evil.example/x)'

/** What Markdown could still read of texts from outside. */
function left(text: string): readonly string[] {
  return text.match(/@octocat|#1\b|<img|\*\*bold|`code|!\[i|https:\/\/evil/g) ?? []
}

test('the summary says the verdict and the figures first, then what is wrong, with its lines', async () => {
  const summary = summaryMd(await reportOf(allWrong('so')))
  const headings = [...summary.matchAll(/^#+ .*/gm)].map(([heading]) => heading)
  expect(headings).toEqual([
    '### Concordat: red',
    '#### Findings',
    '#### Systems',
    '#### Interactions',
    '#### Contract, live and mock',
    '#### Coverage',
    '#### Scenarios',
    '#### Survival',
    '#### Drifts applied',
    '#### Load',
  ])
  expect(summary).toContain(
    '| edges | interactions | live | mock | scenarios | faults survived | drifts caught | false alarms |',
  )
  expect(summary).toContain('| 1 | 2 | **1/2** | **1/2** | **0/1** | **0/1** | **0/1** | **1/1** |')
  expect(summary).toContain('n0 -. 2, differs .-> n1')
})

test('nothing that tests and services say is read as Markdown, in the summary and in the comment', async () => {
  const report = await reportOf(allWrong(attack), await reportOf())
  expect(summaryMd(report)).toContain('&#64;&#8203;octocat')
  expect({ summary: left(summaryMd(report)), comment: left(commentMd(report)) }).toEqual({ summary: [], comment: [] })
  expect(summaryMd(report).match(/<details>/g)).toHaveLength(summaryMd(report).match(/<\/details>/g)?.length ?? 0)
})

test('a gate that is green is told in few lines', async () => {
  const summary = summaryMd(await reportOf())
  expect(summary).toContain('page -&#62; catalogue: 2 interactions, the same on live, mock')
  expect(summary).not.toContain('#### Findings')
})

const many = Array.from({ length: 5000 }, (_, index) =>
  finding('layout', { edge: 'shop', path: `mocks/${index}`, message: `${index} ${'long '.repeat(100)}` }),
)

test('however much was found, the summary is under 1 MiB and the comment under 64 KiB, and they say what is left out', async () => {
  const report = await reportOf({ ...allTried, findings: many })
  expect(Buffer.byteLength(summaryMd(report))).toBeLessThan(1024 * 1024)
  expect(summaryMd(report)).toContain('… and 4800 more, in report.html.')
  expect(commentMd(report).length).toBeLessThan(65_536)
  expect(commentMd(report)).toContain('… and 4990 more, in report.html.')
})

test('what does not fit is left out whole, and named', async () => {
  const whole = summaryMd(await reportOf({ ...allTried, findings: many.slice(0, 20) }))
  const most = 4000
  const part = summaryMd(await reportOf({ ...allTried, findings: many.slice(0, 20) }), most)
  expect(Buffer.byteLength(whole)).toBeGreaterThan(most)
  expect(Buffer.byteLength(part)).toBeLessThanOrEqual(most)
  expect(part).toContain('_Left out, as it would not fit here: findings. It is in report.html._')
  expect(part).toContain('#### Coverage')
})

test('the comment is found again by its first line, which is one for each choice of systems', async () => {
  const comment = commentMd(await reportOf())
  expect(comment.split('\n').slice(0, 2)).toEqual(['<!-- concordat-gate: shop -->', '### Concordat: green'])
  expect(comment).toContain('<a href="https://github.com/owner/shop/actions/runs/1">the whole report</a>')
})

test('what changed since the last run is in both', async () => {
  const report = await reportOf(allTried, await reportOf(allWrong('so')))
  for (const text of [summaryMd(report), commentMd(report)]) {
    expect(text).toContain('- gone: <code>interaction-mismatch</code>')
    expect(text).toContain('- live: 1/2, now 2/2')
  }
  const same = await reportOf(allTried, await reportOf())
  expect(commentMd(same)).toContain('Nothing changed since the last run.')
})
