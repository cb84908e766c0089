import { bearerSubprotocol } from '#harness/contract/security.ts'
import type { HeaderRecord } from '#harness/stack/proxy/types.ts'
import { isSecretName, masked, maskText } from './mask.ts'

/** Headers without their secrets. Scheme words and the names of cookies stay: `Bearer ***`, `token=***; Path=/`. */
export function maskHeaders(headers: HeaderRecord): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => maskHeader(name, one)) : maskHeader(name, value),
    ]),
  )
}

function maskHeader(name: string, value: string): string {
  switch (name) {
    case 'authorization':
    case 'proxy-authorization':
      return value.includes(' ') ? value.replace(/ .*/s, ` ${masked}`) : masked
    case 'cookie':
      return value.replaceAll(/=[^;]*/g, `=${masked}`)
    case 'set-cookie':
      return value.replace(/=[^;]*/, `=${masked}`)
    case 'sec-websocket-protocol':
      return value
        .split(',')
        .map((offer) => (offer.trim().startsWith(bearerSubprotocol) ? ` ${bearerSubprotocol}${masked}` : offer))
        .join(',')
        .trim()
    default:
      return isSecretName(name) ? masked : maskText(value)
  }
}
