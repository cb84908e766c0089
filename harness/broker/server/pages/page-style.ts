import { createHash } from 'node:crypto'

/** The one style sheet of the pages: light and dark as the reader has it, and nothing from elsewhere. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #d0d4da; --muted: #57606a; --good: #1a7f37; --bad: #c62828; --open: #8a5a00; --soft: #f4f6f8; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --line: #3a4048; --muted: #a2abb5; --good: #57c278; --bad: #ff8a80; --open: #e3b341; --soft: #1d2229; --link: #8ab4f8 } body { background: #12161b; color: #e8eaed } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 75rem; padding: 1rem 1.25rem 3rem; font: 1rem/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: .5rem; margin-bottom: 1rem }
header strong { font-size: 1.1rem } h1 { font-size: 1.4rem; margin: .5rem 0 } h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
a { color: var(--link) } a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .95rem }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top } th { color: var(--muted); font-weight: 600 }
.good { color: var(--good) } .bad { color: var(--bad) } .open { color: var(--open) } .muted { color: var(--muted) }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: .6rem; padding: 0 .45rem; margin: 0 .25rem .15rem 0; font-size: .8rem; white-space: nowrap }
code, pre { font: .85rem/1.45 ui-monospace, monospace } td code { word-break: break-all }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem; overflow-x: auto; margin: .5rem 0 }
details { border-bottom: 1px solid var(--line); padding: .4rem 0 } summary { cursor: pointer }
svg.graph { width: 100%; height: auto; max-height: 40rem } svg.graph text { fill: currentColor; font-size: 13px } svg.graph rect { fill: var(--soft); stroke: var(--line) }
svg.graph path { fill: none; stroke-width: 1.5; stroke: currentColor } svg.graph marker path { fill: context-stroke; stroke: none }
pre.lines span { display: block; min-height: 1.45em }
@media (max-width: 45rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0 } td { display: block; border: 0; padding: .1rem 0 }
  td[data-is]::before { content: attr(data-is) ": "; color: var(--muted) }
}
`

/** What browsers may do with a page: show it, with this style, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
