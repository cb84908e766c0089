import { types } from 'node:util'

import { HookFailure } from './hook-call.ts'
import type { OpenExchange } from './open-exchange.ts'
import { sendError } from './whole-reply.ts'

/** Runs a step of an exchange; whatever it throws, now or later, ends this exchange and nothing else. */
export async function guarded(exchange: OpenExchange, step: () => void | Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (error instanceof HookFailure) hookFailed(exchange, error)
    else {
      if (!isStreamError(error)) exchange.core.failed(new Error(`The proxy failed: ${String(error)}`, { cause: error }))
      providerFailed(exchange, error)
    }
  }
}

/** The provider could not be reached (502), or broke off: then the client's connection is broken off as well. */
export function providerFailed(exchange: OpenExchange, error: unknown): void {
  if (exchange.record.settled) return
  if (isConnectError(error) && !exchange.response.headersSent) unreachable(exchange, error)
  else exchange.breakOff('aborted')
}

/** Answers 502: there is no provider to pass the request on to. Or breaks the connection, where the proxy is to do so. */
export function unreachable(exchange: OpenExchange, error: unknown): void {
  if (exchange.core.resetsUnreachable) {
    exchange.settle('unreachable')
    return exchange.reset()
  }
  const { method, path } = exchange.record.head
  const why = types.isNativeError(error) ? describe(error) : String(error)
  const message = `${method} ${path} was not passed on: ${why}. Start the provider, or correct the proxy's target.`
  sendError(exchange, { code: 'proxy_unreachable', message }, 'unreachable')
}

function hookFailed(exchange: OpenExchange, failure: HookFailure): void {
  exchange.core.failed(failure)
  if (!canAnswer(exchange)) return exchange.breakOff('reset')
  sendError(exchange, { code: 'proxy_hook_failed', message: failure.message }, 'answered')
}

/** Whether the client still waits for a reply: not after its head, nor on a connection that speaks WebSocket now. */
function canAnswer({ response, record }: OpenExchange): boolean {
  return !response.headersSent && !record.settled && response.socket !== null
}

/** Whether Node reports that a stream broke off or cannot be decoded; anything else is a mistake in the proxy. */
function isStreamError(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error
}

/** Whether the connection was never made. Where a name has several addresses, Node reports all failures in one. */
function isConnectError(error: unknown): boolean {
  if (!types.isNativeError(error)) return false
  const all = allOf(error)
  if (all !== undefined) return all.every(isConnectError)
  if ('syscall' in error) return error.syscall === 'connect' || error.syscall === 'getaddrinfo'
  return 'code' in error && distrust.test(String(error.code))
}

/** How Node names a certificate that it does not accept (OpenSSL's X509_V_ERR codes, and its own). */
const distrust = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/

function describe(error: Error): string {
  return allOf(error)?.map(String).join(', ') ?? error.message
}

function allOf(error: Error): unknown[] | undefined {
  return 'errors' in error && Array.isArray(error.errors) ? error.errors : undefined
}
