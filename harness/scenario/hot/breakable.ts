import type { Socket } from '#harness/serve/channel.ts'

/** RFC 6455 §7.4.1, as registered with IANA: the service is restarting, come again. */
const serviceRestart = 1012

/** Streams and channels that are open, to be broken off all at once, as when a service is started anew. */
export type OpenConnections = Readonly<{
  /** A reply whose body can be broken off. */
  stream: (reply: Response, reading: ReadingListener) => Response
  channel: (socket: Socket) => Socket
  breakAll: () => void
}>

export type ReadingListener = Readonly<{ chunk: () => void; end: () => void; stop: () => void }>

export function openConnections(): OpenConnections {
  const open = new Set<() => void>()
  return {
    stream(reply, reading) {
      const reader = reply.body?.getReader()
      if (!reader) return reply
      let breakOff = (): void => undefined
      function over(how: () => void): void {
        if (open.delete(breakOff)) how()
      }
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            breakOff = () => {
              over(reading.stop)
              controller.error(new Error('the mock was reloaded'))
              reader.cancel().catch(() => undefined)
            }
            open.add(breakOff)
          },
          async pull(controller) {
            const { done, value } = await reader.read()
            if (!open.has(breakOff)) return
            if (done) {
              over(reading.end)
              return controller.close()
            }
            reading.chunk()
            controller.enqueue(value)
          },
          async cancel(reason) {
            over(reading.stop)
            await reader.cancel(reason)
          },
        },
        { highWaterMark: 0 },
      )
      return new Response(body, reply)
    },
    channel(socket) {
      const breakOff = (): void => socket.close(serviceRestart, 'the mock was reloaded')
      open.add(breakOff)
      socket.onClose(() => open.delete(breakOff))
      return socket
    },
    breakAll() {
      for (const breakOff of open) breakOff()
      open.clear()
    },
  }
}
