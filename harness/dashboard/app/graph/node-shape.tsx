import type { KeyboardEvent, ReactNode } from 'react'
import type { ComponentView } from '#harness/control/types.ts'
import type { PlacedNode } from './layout.ts'

type Props = Readonly<{
  placed: PlacedNode
  /** Absent for who only calls. */
  component: ComponentView | undefined
  isChosen: boolean
  onChoose: () => void
}>

/** A component: what it is called, what it is, where it listens. */
export function NodeShape({ placed, component, isChosen, onChoose }: Props): ReactNode {
  const { name, x, y, width, height } = placed
  const kind = component ? (component.up ? component.kind : 'down') : 'caller'
  const place = component ? `${kind} ${placeOf(component.url)}` : 'calls only'
  const active = component && {
    role: 'button',
    tabIndex: 0,
    'aria-label': `${name}: ${kind} at ${component.url}`,
    onClick: onChoose,
    onKeyDown: (event: KeyboardEvent) => pressed(event, onChoose),
  }
  return (
    <g className={`node ${kind}${isChosen ? ' chosen' : ''}`} transform={`translate(${x} ${y})`} {...active}>
      <title>{component ? `${component.detail} ${component.url}` : `${name} only calls others.`}</title>
      <rect width={width} height={height} rx={9} />
      <rect className="stripe" width={5} height={height - 18} x={8} y={9} rx={2.5} />
      <text className="name" x={22} y={height / 2 - 4}>
        {name}
      </text>
      <text className="place" x={22} y={height / 2 + 15}>
        {place}
      </text>
    </g>
  )
}

/** Enter and space press what is no button by itself. */
export function pressed(event: KeyboardEvent, press: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  press()
}

/** A port says all on loopback. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return ''
  const { hostname, port, host } = new URL(url)
  return (hostname === '127.0.0.1' || hostname === 'localhost') && port !== '' ? `:${port}` : host
}
