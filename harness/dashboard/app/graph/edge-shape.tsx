import type { ReactNode } from 'react'
import { errorShare, percent, total, type Tally } from '../log/tally.ts'
import type { GraphEdge } from './graph-of.ts'
import type { PlacedArrow } from './layout.ts'
import { pressed } from './node-shape.tsx'
import { Pulses } from './pulses.tsx'

type Props = Readonly<{ edge: GraphEdge; placed: PlacedArrow; isChosen: boolean; onChoose: () => void }>

/** In pixels: how wide a letter of a label is, and what lies around it. */
const letter = 6.6
const padding = 14

/** Who calls whom, how often, how much of it went wrong, and what went over it just now. */
export function EdgeShape({ edge, placed, isChosen, onChoose }: Props): ReactNode {
  const { name, tally, edge: shown } = edge
  const faults = shown.faults.length
  const calls = total(tally)
  const state = faults > 0 ? 'faulty' : calls > 0 ? 'used' : 'unused'
  return (
    <g
      className={`edge ${state}${isChosen ? ' chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={`${name}: ${calls} requests, ${percent(errorShare(tally))} errors, ${faults} faults. Filter by it.`}
      onClick={onChoose}
      onKeyDown={(event) => pressed(event, onChoose)}
    >
      <title>{`${name}: ${calls} requests · ${tally.refused} refused · ${tally.failed} failed`}</title>
      <path className="touch" d={placed.path} />
      <path className="line" d={placed.path} />
      <path className="arrow" d="M -9 -4.5 L 0 0 L -9 4.5 z" style={{ offsetPath: `path('${placed.path}')` }} />
      <Pulses edge={name} path={placed.path} />
      <Label {...placed.label} tally={tally} faults={faults} />
    </g>
  )
}

type LabelProps = Readonly<{ x: number; y: number; tally: Tally; faults: number }>

function Label({ x, y, tally, faults }: LabelProps): ReactNode {
  const calls = total(tally)
  if (calls === 0 && faults === 0) return null
  const share = errorShare(tally)
  const words = [
    { kind: 'fault', text: faults > 0 ? '⚡' : '' },
    { kind: 'count', text: calls > 0 ? String(calls) : '' },
    { kind: tally.failed > 0 ? 'failed' : 'refused', text: share > 0 ? percent(share) : '' },
  ].filter(({ text }) => text !== '')
  const width = words.map(({ text }) => text).join(' ').length * letter + padding
  return (
    <g className="edge-label" transform={`translate(${x} ${y})`}>
      <rect x={-width / 2} y={-9} width={width} height={18} rx={9} />
      <text y={4}>
        {words.map(({ kind, text }, index) => (
          <tspan key={kind} className={kind}>
            {index > 0 ? ` ${text}` : text}
          </tspan>
        ))}
      </text>
    </g>
  )
}
