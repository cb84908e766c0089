import type { WsOperation } from '#harness/contract/operation.ts'
import { openChannel, type Socket } from '#harness/serve/channel.ts'
import { requestIdOf } from '#harness/serve/request-id.ts'
import type { Route } from '#harness/serve/routes.ts'
import type { Upgrade } from '#harness/serve/service.ts'
import { readSteering, type Asked, type Steering } from './asked.ts'
import { answerInPlace, checkFaults, holdBack } from './faulty-reply.ts'
import { faultySocket } from './faulty-socket.ts'
import { playConversation } from './play-example.ts'
import { preferredAnswer, type Preferred } from './preferred.ts'
import type { Site } from './site.ts'
import { writePreferred } from './steered-request.ts'

/** Answers an upgrade as its headers ask. A channel is opened as ever, before an example or faults come over it. */
export async function upgradeSteered(site: Site, request: Request, steering: Steering): Promise<Upgrade> {
  const requestId = requestIdOf(request, site.contract.requestIdHeader)
  const url = new URL(request.url)
  const route = site.routes.channelAt(url.pathname)
  function refused(response: Response): Upgrade {
    return { kind: 'refused', response: site.finish(response, request, requestId) }
  }
  try {
    const asked = readSteering(steering)
    const { service, gone } = site.answering(asked.session)
    if (!route) return await service.upgrade(request)
    checkFaults(asked.faults, route.name, route.operation)
    const known = { contract: site.contract, requestId, signals: [gone] }
    const inPlace = await answerInPlace(asked.faults, known)
    await holdBack(asked.faults, known)
    if (inPlace) return refused(inPlace)
    const preferred =
      asked.preferences && (await preferredAnswer(asked.preferences, site.answerable(route), { url, ...known }))
    if (preferred?.kind === 'reply') return refused(writePreferred(site, preferred, { route, requestId }))
    const answered = await service.upgrade(request)
    return answered.kind === 'refused'
      ? answered
      : { ...answered, open: opener(answered.open, { site, asked, preferred, route, gone, requestId }) }
  } catch (error) {
    return refused(site.failed(error, route?.name ?? url.pathname, requestId))
  }
}

type Opening = Readonly<{
  site: Site
  asked: Asked
  preferred: Preferred | undefined
  route: Route<WsOperation>
  gone: AbortSignal
  requestId: string
}>

function opener(open: (socket: Socket) => void, opening: Opening): (socket: Socket) => void {
  const { site, asked, preferred, route, gone, requestId } = opening
  const { name, operation } = route
  async function play(socket: Socket, example: Extract<Preferred, { kind: 'conversation' }>['example']): Promise<void> {
    const onBreak = (error: unknown): void => void site.failed(error, name, requestId)
    const channel = openChannel(operation, socket, onBreak)
    gone.addEventListener('abort', () => channel.close(goingAway), { once: true })
    const filling = { schemas: operation.spec.receive, seed: site.answerable(route).seed }
    await playConversation(example, filling, channel).catch(onBreak)
    channel.close()
  }
  return (given) => {
    const socket = asked.faults.length > 0 ? faultySocket(given, asked.faults, gone) : given
    if (preferred?.kind === 'conversation') void play(socket, preferred.example)
    else open(socket)
  }
}

/** RFC 6455 §7.4.1. */
const goingAway = 1001
