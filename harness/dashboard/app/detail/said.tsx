import { useState, type ReactNode } from 'react'
import { JsonView } from './json-view.tsx'

/** One event of a stream or message of a channel: what it is called, and what it carries. */
export type Said = Readonly<{ label: string; tone?: 'consumer' | 'provider'; data: unknown }>

/** So many are drawn before somebody asks for all. */
const mostAtOnce = 100

/** What was said over a stream or channel, in order. */
export function SaidList({ title, said }: Readonly<{ title: string; said: readonly Said[] }>): ReactNode {
  const [all, setAll] = useState(false)
  const shown = all ? said : said.slice(0, mostAtOnce)
  return (
    <section>
      <h3>
        {title} <span className="faint">{said.length}</span>
      </h3>
      <ol className="said">
        {shown.map(({ label, tone, data }, index) => (
          <li key={index} className={tone}>
            <span className="label">{label}</span>
            <JsonView value={data} flat />
          </li>
        ))}
      </ol>
      {shown.length < said.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {said.length}
        </button>
      )}
    </section>
  )
}
