import { addressOf, connectFailure } from '#harness/stack/ports.ts'

/** Milliseconds that a service which somebody else runs may take to accept a connection. */
const patienceMs = 3000

/** Why no connection can be made to a URL; undefined where one can. */
export function connectionProblem(url: string): Promise<string | undefined> {
  const { host, port } = addressOf(url)
  return connectFailure(port, host, patienceMs)
}
