import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { RequestOptions } from 'node:https'
import { join } from 'node:path'

type EngineCall = { method?: 'GET' | 'POST' | 'DELETE'; path: string; timeoutMs?: number }
export type EngineAnswer = { status: number; body: string }

/**
 * Sends one request to a Docker engine.
 * @param engine its address as in DOCKER_HOST: `unix:///var/run/docker.sock`, `tcp://host:port`
 *   (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH as the docker client reads them)
 * @throws Error when nothing answers within `timeoutMs` (10 s unless told)
 * @see https://docs.docker.com/reference/api/engine/
 */
export function engineRequest(engine: string, call: EngineCall): Promise<EngineAnswer> {
  const { method = 'GET', path, timeoutMs = 10_000 } = call
  const { promise, resolve, reject } = Promise.withResolvers<EngineAnswer>()
  const { secure, ...address } = addressOf(engine)
  const send = secure ? httpsRequest : httpRequest
  const request = send(
    { ...address, method, path, agent: false, signal: AbortSignal.timeout(timeoutMs) },
    (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', reject)
    },
  )
  request.on('error', reject)
  request.end()
  return promise
}

function addressOf(engine: string): RequestOptions & { secure: boolean } {
  const url = new URL(engine)
  if (url.protocol === 'unix:') return { socketPath: url.pathname, secure: false }
  const secure = url.protocol === 'https:' || Boolean(process.env['DOCKER_TLS_VERIFY'])
  const certificates = process.env['DOCKER_CERT_PATH']
  return {
    host: url.hostname,
    port: url.port || (secure ? 2376 : 2375),
    secure,
    ...(secure && certificates ? readCertificates(certificates) : {}),
  }
}

function readCertificates(directory: string): RequestOptions {
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8')
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
}
