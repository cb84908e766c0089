import { z } from 'zod'
import { PlaceData } from '../../data/place.ts'
import { markup } from '../../html/markup.ts'
import { chip, fold, note, placeName, row, table } from '../../html/pieces.ts'
import type { Markup } from '../../html/markup.ts'
import { code, mdTable } from '../../markdown/md.ts'
import type { Links } from '../../places/links.ts'
import { section, type Sources } from '../section.ts'

const Cell = z.object({
  replayed: z.int().min(0),
  differing: z.int().min(0),
  places: z.array(z.string()).describe('Where they differ: `$.reply.status`.'),
})

const Row = z.object({
  system: z.string(),
  edge: z.string(),
  operation: z.string(),
  contract: z.string().optional().describe('`GET /books/{id}`; absent where the contract does not have it.'),
  place: PlaceData.optional().describe('Where the contract declares it.'),
  recorded: z.int().min(0).describe('Interactions of the pact that use it.'),
  live: Cell,
  mock: Cell,
})
type Row = z.output<typeof Row>
type Cell = z.output<typeof Cell>

/** The drift table: each operation against contract, live and mock. */
export const operations = section({
  title: 'Contract, live and mock',
  data: z.array(Row),
  collect: collectOperations,
  html(rows, links) {
    if (rows.length === 0) return undefined
    const edges = Map.groupBy(rows, ({ system, edge }) => `${system}\n${edge}`)
    return markup`${[...edges.values()].map((of) => edgeHtml(of, links))}`
  },
  markdown: operationsMarkdown,
})

function collectOperations({ verdict, evidence: { edges }, places }: Sources): Row[] {
  return verdict.table.map(({ edge, operation, contract, recorded, on }) => {
    const of = edges.find(
      (one) =>
        `${one.edge.consumer} -> ${one.edge.provider}` === edge && isOf(one.contract.operations, operation, contract),
    )
    const place = of && places.get(of.system)?.operation(of.edge.provider, operation)
    return {
      system: of?.system ?? '',
      edge,
      operation,
      ...(contract !== undefined && { contract }),
      ...(place && { place }),
      recorded,
      live: { ...on.live, places: [...on.live.places] },
      mock: { ...on.mock, places: [...on.mock.places] },
    }
  })
}

/** Two systems may have an edge of one name: what is declared tells them apart. */
function isOf(declared: Readonly<Record<string, unknown>>, operation: string, contract: string | undefined): boolean {
  return contract === undefined || Object.hasOwn(declared, operation)
}

function edgeHtml(rows: readonly Row[], links: Links): Markup {
  const used = rows.filter(({ recorded }) => recorded > 0)
  const unused = rows.filter(({ recorded }) => recorded === 0).map(({ operation }) => operation)
  const cells = used.map((one) =>
    row([
      markup`<code>${one.operation}</code>`,
      one.contract === undefined ? chip('bad', 'not there') : markup`<code>${one.contract}</code>`,
      one.recorded,
      cellHtml(one.live, one),
      cellHtml(one.mock, one),
      placeName(one.place, links),
    ]),
  )
  const rest = unused.length > 0 && note(`In no pact of this edge: ${unused.join(', ')}.`)
  const heads = ['operation', 'contract', 'pact', 'live', 'mock', 'declared in']
  return fold(markup`<b>${rows[0]?.system}</b> ${rows[0]?.edge}`, markup`${table(heads, cells)}${rest}`, { open: true })
}

function cellHtml({ replayed, differing, places }: Cell, { recorded }: Row): Markup {
  if (replayed < recorded) return chip('bad', `${replayed} of ${recorded} replayed`)
  if (differing === 0) return chip('good', 'same')
  return markup`${chip('bad', `${differing} differ`)} <code>${places.join(', ')}</code>`
}

/** Only what differs: where all is the same the table says nothing that the figures do not. */
function operationsMarkdown(rows: readonly Row[]): string | undefined {
  const wrong = rows.filter((one) =>
    [one.live, one.mock].some(({ replayed, differing }) => differing > 0 || replayed < one.recorded),
  )
  if (wrong.length === 0) return undefined
  const cell = ({ replayed, differing, places }: Cell, { recorded }: Row): string => {
    if (replayed < recorded) return `**${replayed} of ${recorded} replayed**`
    return differing === 0 ? 'same' : `**differs** ${places.map(code).join(' ')}`
  }
  return mdTable(
    ['operation', 'contract', 'pact', 'live', 'mock'],
    wrong.map((one) => [
      code(one.operation),
      one.contract === undefined ? '**not there**' : code(one.contract),
      String(one.recorded),
      cell(one.live, one),
      cell(one.mock, one),
    ]),
  )
}
