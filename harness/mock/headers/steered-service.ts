import type { AnyContract } from '#harness/contract/contract.ts'
import type { Service } from '#harness/serve/service.ts'
import { steeringOf, steeringOfUpgrade } from './asked.ts'
import { preferenceApplied, steeringHeaders } from './names.ts'
import { makeSite, type SteeredOptions } from './site.ts'
import { answerSteered } from './steered-request.ts'
import { upgradeSteered } from './steered-upgrade.ts'

/**
 * A service that does what the headers of a request ask for: `Prefer` (RFC 7240) for one answer of the contract, faults for
 * this request, a session with memory of its own. What cannot be done is refused with 400 in the contract's error shape.
 * A request without such headers goes straight to the service that answers it.
 */
export function steeredService(options: SteeredOptions): Service {
  const { contract, answering } = options
  const site = makeSite(options)
  return {
    contract,
    fetch(request) {
      const steering = steeringOf(request)
      return steering ? answerSteered(site, request, steering) : answering(undefined).service.fetch(request)
    },
    upgrade(request) {
      const steering = steeringOfUpgrade(request)
      return steering ? upgradeSteered(site, request, steering) : answering(undefined).service.upgrade(request)
    },
  }
}

/** A contract whose pages of other origins may steer a mock, where pages of other origins may call at all. */
export function steerable<C extends AnyContract>(contract: C): C {
  const { cors } = contract
  if (!cors) return contract
  const headers = [...cors.headers, ...steeringHeaders]
  return { ...contract, cors: { ...cors, headers, exposes: [...cors.exposes, preferenceApplied] } }
}
