import { streamWriter } from '#harness/serve/event-stream.ts'
import { requestIdOf } from '#harness/serve/request-id.ts'
import type { Route } from '#harness/serve/routes.ts'
import { replyWriter } from '#harness/serve/write-reply.ts'
import { readSteering, type Steering } from './asked.ts'
import { answerInPlace, checkFaults, faultyReply, holdBack } from './faulty-reply.ts'
import { preferenceApplied } from './names.ts'
import { appliedText, type Preferences } from './preferences.ts'
import { preferredAnswer, type Preferred } from './preferred.ts'
import type { Answering, Site } from './site.ts'

/** Answers a request as its headers ask. */
export async function answerSteered(site: Site, request: Request, steering: Steering): Promise<Response> {
  const requestId = requestIdOf(request, site.contract.requestIdHeader)
  const url = new URL(request.url)
  const route = site.routes.find(request.method, url.pathname)
  try {
    const { session, preferences, faults } = readSteering(steering)
    const answering = site.answering(session)
    // What the contract does not have is refused as ever; a preflight only asks what may be sent.
    if (!route) return await answering.service.fetch(request)
    checkFaults(faults, route.name, route.operation)
    const known = { contract: site.contract, requestId, signals: [request.signal, answering.gone] }
    const inPlace = await answerInPlace(faults, known)
    const response = inPlace
      ? site.finish(inPlace, request, requestId)
      : await (preferences
          ? preferredReply(preferences, { site, answering, route, request, url, requestId })
          : answering.service.fetch(request))
    await holdBack(faults, known)
    return faults.length > 0 ? await faultyReply(response, faults, known) : response
  } catch (error) {
    return site.finish(site.failed(error, route?.name ?? url.pathname, requestId), request, requestId)
  }
}

type Preferring = Readonly<{
  site: Site
  answering: Answering
  route: Route
  request: Request
  url: URL
  requestId: string
}>

async function preferredReply(preferences: Preferences, preferring: Preferring): Promise<Response> {
  const { site, answering, route, request, url, requestId } = preferring
  const started = performance.now()
  const signals = [request.signal, answering.gone]
  const preferred = await preferredAnswer(preferences, site.answerable(route), { url, requestId, signals })
  const response = writePreferred(site, preferred, { route, requestId })
  response.headers.set(preferenceApplied, appliedText(preferences))
  response.headers.append('vary', 'Prefer')
  answering.served({
    operation: route.name,
    method: request.method,
    path: url.pathname,
    status: response.status,
    milliseconds: performance.now() - started,
    requestId,
  })
  return site.finish(response, request, requestId)
}

/**
 * A preferred answer as it is sent.
 * @throws OutsideContract where it is none of the contract; TypeError where it is no answer to such a request.
 */
export function writePreferred(
  { failed }: Pick<Site, 'failed'>,
  preferred: Preferred,
  { route: { name, operation }, requestId }: Readonly<{ route: Route; requestId: string }>,
): Response {
  if (preferred.kind === 'reply') return replyWriter(operation)(preferred.reply)
  if (preferred.kind === 'conversation' || operation.kind !== 'sse')
    throw new TypeError(`${name} cannot be answered with a ${preferred.kind}`)
  const write = streamWriter(operation)
  return write(preferred.events[Symbol.asyncIterator](), (error) => void failed(error, name, requestId))
}
