import type { Socket } from 'node:net'

import type { ChannelTape } from './channel-tape.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { ProxiedFrame } from './types.ts'

/** Two connections that speak WebSocket now, and the record of what is said on the client's. */
export type Channel = { exchange: OpenExchange; client: Socket; provider: Socket; tape: ChannelTape }

/** One direction of a channel; `early` is what its sender had sent before the protocols were switched. */
export type Flow = { direction: ProxiedFrame['direction']; from: Socket; to: Socket; early: Buffer }

/** Lets both connections end together, each after it has passed on what it had. */
export function endTogether({ exchange, client, provider, tape }: Channel): void {
  const settle = () => {
    if (exchange.record.settled) return
    exchange.settle(tape.cut || tape.read().closed ? 'streamed' : 'aborted')
  }
  // What follows an error is the event `close`.
  provider.on('error', () => {})
  for (const [socket, other] of [[client, provider] as const, [provider, client] as const]) {
    // At the first end, not the last: a client that sees its connection closed finds the exchange in the record.
    socket.once('end', settle).once('close', () => {
      settle()
      other.destroySoon()
    })
  }
}

/** Passes all bytes on as they are, and keeps them on the side. */
export function tunnel({ tape }: Channel, { direction, from, to, early }: Flow): void {
  if (early.length > 0) to.write(early)
  tape.add(direction, early)
  from.on('data', (chunk: Buffer) => tape.add(direction, chunk))
  from.pipe(to)
}
