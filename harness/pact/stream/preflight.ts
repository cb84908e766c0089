import type { PreflightEnvelope, PreflightResult } from './envelope.ts'

/** Sends the preflight that a browser sends before a call. */
export async function preflight(
  url: string,
  { path, origin, method, requestHeaders }: Omit<PreflightEnvelope, 'transport'>,
  timeoutMs = 5000,
): Promise<PreflightResult> {
  const reply = await fetch(`${url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': requestHeaders.toSorted().join(','),
    },
    signal: AbortSignal.timeout(timeoutMs),
  })
  const list = (name: string): readonly string[] =>
    (reply.headers.get(name) ?? '')
      .toLowerCase()
      .split(',')
      .map((item) => item.trim())
  return {
    origin: reply.ok && reply.headers.get('access-control-allow-origin') === origin,
    credentials: reply.headers.get('access-control-allow-credentials') === 'true',
    method: list('access-control-allow-methods').includes(method.toLowerCase()),
    headers: Object.fromEntries(
      requestHeaders.map((name) => [name, list('access-control-allow-headers').includes(name.toLowerCase())]),
    ),
  }
}
