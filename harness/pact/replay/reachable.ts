import { connect } from 'node:net'

/** Why no connection can be made to a URL; undefined where one can. */
export async function connectionProblem(url: string, timeoutMs = 3000): Promise<string | undefined> {
  const { hostname, port, protocol } = new URL(url)
  const socket = connect({
    host: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    timeout: timeoutMs,
  })
  return new Promise((resolve) => {
    function give(problem: string | undefined): void {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => give(undefined))
    socket.once('timeout', () => give(`no connection within ${timeoutMs} ms`))
    socket.once('error', (error) => give(error.message))
  })
}
