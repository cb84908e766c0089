import type { ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { Choice } from '../choice.tsx'
import { edgeName } from '../log/edge-name.ts'
import type { ExchangeLog } from '../log/exchange-log.ts'
import { isFiltering, noFilter, type Filter } from '../log/filter.ts'

type Props = Readonly<{
  stack: StackView
  log: ExchangeLog
  filter: Filter
  onFilter: (filter: Filter) => void
}>

const statuses = { '2xx': '2xx', '3xx': '3xx', '4xx': '4xx', '5xx': '5xx', none: 'no answer' } as const
const matches = { recorded: 'in a pact', unrecorded: 'in no pact', undeclared: 'undeclared' } as const

/** Which requests are shown. */
export function FilterBar({ stack, log, filter, onFilter }: Props): ReactNode {
  const edges = [
    ...new Set([...stack.edges.map(edgeName).filter((name) => log.tallies.has(name)), ...own(filter.edge)]),
  ]
  const called = log.exchanges.flatMap(({ operation }) => own(operation))
  const operations = [...new Set([...called, ...own(filter.operation)])].toSorted()
  return (
    <search className="filters">
      <input
        id="filter"
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="Filter: words, -without"
        aria-label="Filter by words; a minus before a word leaves out what has it"
        aria-keyshortcuts="/"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <Choice
        label="Edge"
        all="all edges"
        value={filter.edge}
        options={named(edges)}
        onChange={(edge) => onFilter({ ...filter, edge })}
      />
      <Choice
        label="Operation"
        all="all operations"
        value={filter.operation}
        options={named(operations)}
        onChange={(operation) => onFilter({ ...filter, operation })}
      />
      <Choice
        label="Answer"
        all="all answers"
        value={filter.status}
        options={statuses}
        onChange={(status) => onFilter({ ...filter, status })}
      />
      <Choice
        label="Pact"
        all="any match"
        value={filter.match}
        options={matches}
        onChange={(match) => onFilter({ ...filter, match })}
      />
      <button type="button" disabled={!isFiltering(filter)} onClick={() => onFilter(noFilter)}>
        All
      </button>
    </search>
  )
}

function own(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value]
}

function named(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]))
}
