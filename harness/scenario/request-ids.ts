import type { Finding } from '#harness/contract/finding.ts'
import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'

/** Requests of an edge without a request id, and replies that do not bring theirs back. */
export function requestIdFindings(system: System, edge: Edge, exchanges: readonly Exchange[]): readonly Finding[] {
  const header = system.components[edge.provider]?.contract?.requestIdHeader ?? 'x-request-id'
  return exchanges.flatMap((exchange): Finding[] => {
    const sent = exchange.request.headers[header]
    const came = exchange.reply?.headers[header]
    const isUpgrade = exchange.request.headers['upgrade'] !== undefined
    if (exchange.reply === undefined || exchange.request.method === 'OPTIONS' || isUpgrade) return []
    if (sent !== undefined && sent === came) return []
    return [
      {
        code: 'request-id-lost',
        severity: 'error',
        edge: edgeName(edge),
        path: `$.reply.headers.${header}`,
        message:
          sent === undefined
            ? `${exchange.request.method} ${exchange.request.path} was sent without ${header}.`
            : `${exchange.request.method} ${exchange.request.path} was sent with ${String(sent)} and answered with ${String(came)}.`,
        fix: 'Pass the request id on at every hop, and back.',
      },
    ]
  })
}
