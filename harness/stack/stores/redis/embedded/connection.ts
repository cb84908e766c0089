import type { Socket } from 'node:net'
import { execute } from './execute.ts'
import { encodeReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { ProtocolError, RequestReader } from './request-reader.ts'
import type { ServerState, Session } from './server-state.ts'

let lastId = 0

/** Serves one client until it goes. Requests are carried out one after another, and answered in that order. */
export function serveConnection(socket: Socket, server: ServerState): void {
  const session: Session = {
    id: ++lastId,
    name: '',
    database: 0,
    queue: undefined,
    send: (reply) => send(socket, reply),
    ended: false,
  }
  const reader = new RequestReader()
  server.sessions.add(session)
  socket.on('data', (chunk) => answer(socket, chunk, { reader, session, server }))
  socket.on('error', () => {}) // a client that vanished; `close` follows
  socket.on('close', () => {
    server.sessions.delete(session)
    server.pubSub.remove(session)
  })
}

type Connection = { reader: RequestReader; session: Session; server: ServerState }

function answer(socket: Socket, chunk: Buffer, { reader, session, server }: Connection): void {
  socket.cork() // a pipeline's answers go out together
  try {
    for (const words of reader.push(chunk)) {
      send(socket, execute(words, session, server))
      if (session.ended) break
    }
    if (session.ended) socket.end()
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    send(socket, { kind: 'error', text: error.message })
    socket.end()
  } finally {
    socket.uncork()
  }
}

function send(socket: Socket, reply: Reply): void {
  if (socket.writable) socket.write(encodeReply(reply), 'latin1')
}
