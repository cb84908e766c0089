import { useMemo, type CSSProperties, type ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import type { Tallies } from '../log/tally.ts'
import type { Look, View } from '../view.ts'
import { EdgeShape } from './edge-shape.tsx'
import { graphOf } from './graph-of.ts'
import { layoutOf, type Layout } from './layout.ts'
import { NodeShape } from './node-shape.tsx'
import { useSize, type Size } from './use-size.ts'

type Props = Readonly<{ stack: StackView; tallies: Tallies; view: View; onLook: (look: Look) => void }>

/** In pixels; a wide window has room for larger nodes. */
const node = { narrow: { nodeWidth: 150, nodeHeight: 62 }, wide: { nodeWidth: 190, nodeHeight: 70 }, wideFrom: 1000 }

/** The system as a graph, with the traffic on its edges. */
export function SystemGraph({ stack, tallies, view, onLook }: Props): ReactNode {
  const [box, size] = useSize()
  const { nodes, edges } = graphOf(stack, tallies)
  const layout = useLayout(
    nodes.map(({ name }) => name).join('\n'),
    edges.map(({ from, to }) => `${from}\t${to}`).join('\n'),
    size,
  )
  return (
    <section className="graph" aria-label="System" ref={box} style={heightOf(layout)}>
      {layout && (
        <svg viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label={`Components of ${stack.system}`}>
          {layout.arrows.map((placed, index) => {
            const edge = edges[index]
            return (
              edge && (
                <EdgeShape
                  key={placed.name}
                  edge={edge}
                  placed={placed}
                  isChosen={view.filter.edge === edge.name}
                  onChoose={() => onLook({ to: 'edge', edge: edge.name })}
                />
              )
            )
          })}
          {layout.nodes.map((placed) => {
            const found = nodes.find(({ name }) => name === placed.name)
            return (
              <NodeShape
                key={placed.name}
                placed={placed}
                component={found?.component}
                isChosen={view.panel === 'components' && view.component === placed.name}
                onChoose={() => onLook({ to: 'component', component: placed.name })}
              />
            )
          })}
        </svg>
      )}
    </section>
  )
}

/** A small system leaves the room to its requests. */
function heightOf(layout: Layout | undefined): CSSProperties {
  return layout ? ({ '--tall': `${layout.tall}px` } as CSSProperties) : {}
}

/** The layout of nodes and arrows that are written line by line: it is made anew only when one of them changes. */
function useLayout(nodes: string, arrows: string, size: Size | undefined): Layout | undefined {
  return useMemo(() => {
    if (!size) return undefined
    const pairs = arrows === '' ? [] : arrows.split('\n').map((line) => line.split('\t'))
    const named = pairs.map(([from = '', to = '']) => ({ name: `${from} → ${to}`, from, to }))
    const nodeSize = size.width >= node.wideFrom ? node.wide : node.narrow
    return layoutOf(nodes.split('\n'), named, { ...size, ...nodeSize })
  }, [nodes, arrows, size])
}
