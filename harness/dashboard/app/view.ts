import type { Match } from '#harness/control/types.ts'
import { noFilter, type Filter } from './log/filter.ts'

export const panels = ['request', 'components', 'faults', 'coverage'] as const
export type PanelName = (typeof panels)[number]

/** What somebody looks at. */
export type View = Readonly<{
  panel: PanelName
  /** The id of the exchange that is open. */
  selected: number | undefined
  filter: Filter
  component: string | undefined
  /** The name of the edge that faults are set on. */
  edge: string | undefined
}>

export const firstView: View = {
  panel: 'request',
  selected: undefined,
  filter: noFilter,
  component: undefined,
  edge: undefined,
}

export type Look =
  | Readonly<{ to: 'panel'; panel: PanelName }>
  | Readonly<{ to: 'exchange'; id: number }>
  | Readonly<{ to: 'no exchange' }>
  | Readonly<{ to: 'filter'; filter: Filter }>
  | Readonly<{ to: 'component'; component: string }>
  /** Shows the requests of an edge alone; a second time, all again. */
  | Readonly<{ to: 'edge'; edge: string }>
  /** The edge to set faults on. */
  | Readonly<{ to: 'faults'; edge: string }>
  /** The calls of an edge that are in a certain way in pacts, of one operation where it is said. */
  | Readonly<{ to: 'calls'; edge: string; operation?: string; match?: Match['kind'] }>

export function look(view: View, look: Look): View {
  switch (look.to) {
    case 'panel':
      return { ...view, panel: look.panel }
    case 'exchange':
      return { ...view, selected: look.id, panel: 'request' }
    case 'no exchange':
      return { ...view, selected: undefined }
    case 'filter':
      return { ...view, filter: look.filter }
    case 'component':
      return { ...view, component: look.component, panel: 'components' }
    case 'edge': {
      const edge = view.filter.edge === look.edge ? undefined : look.edge
      return { ...view, edge: look.edge, filter: { ...view.filter, edge } }
    }
    case 'faults':
      return { ...view, edge: look.edge, panel: 'faults' }
    case 'calls':
      return { ...view, filter: { text: '', edge: look.edge, operation: look.operation, match: look.match } }
    default:
      return look satisfies never
  }
}
