import { WebSocketHandler } from 'msw/ws'

type Run = WebSocketHandler['run']
type Connection = Parameters<Run>[0]

/**
 * Handles all WebSocket connections, or those to some addresses. MSW opens a connection once its handlers have run: what `connect`
 * does, it does before the client learns that the connection is open, however long it takes.
 */
export class ChannelHandler extends WebSocketHandler {
  readonly #connect: (connection: Connection) => Promise<void>

  constructor(connect: (connection: Connection) => Promise<void>, addresses = /^wss?:/) {
    super(addresses)
    this.#connect = connect
  }

  override async run(...[connection, context]: Parameters<Run>): ReturnType<Run> {
    const resolved = await super.run(connection, context)
    if (resolved) await this.#connect(connection)
    return resolved
  }
}
