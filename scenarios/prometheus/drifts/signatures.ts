import { answered, repliedWith, replyAs, replyField, withoutRequestHeader } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import type { ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { refusedFor } from './refused.ts'

// What is signed cannot be changed on its way: what a careless provider would answer is answered here.

/** Only what follows the scheme word is looked at. */
export const anySignatureScheme: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'nodeRegistered' },
  name: 'any word before the signature will do',
  hooks: repliedWith(204, undefined, (reply, request) => isSent(request) && refusedFor('unauthorized')(reply, request)),
  expected: inStatus,
}

export const unsignedPasses: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  name: 'unsigned requests are let in',
  hooks: repliedWith(204, undefined, (_reply, request) => !isSent(request)),
  expected: inStatus,
}

export const anyKeyPasses: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'nodeUnknown' },
  name: 'keys that no node has are let in',
  hooks: repliedWith(204, undefined, refusedFor('key_unknown')),
  expected: inStatus,
}

/** The signature is expected to hold the message, as `sign` of NaCl makes it; a detached one is none. */
export const attachedSignatureExpected: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'todoQueued' },
  name: 'the message is expected in the signature',
  hooks: answered(401, { error: { code: 'signature_malformed', message: 'The signature cannot be opened.' } }),
  expected: inStatus,
}

export const signatureReadElsewhere: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'todoQueued' },
  name: 'X-Signature read in place of Authorization',
  hooks: withoutRequestHeader('authorization'),
  expected: inStatus,
}

export const unknownKeyCalledOtherwise: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'nodeUnknown' },
  name: 'an unknown key is called an invalid signature',
  hooks: replyField('error.code', set('signature_invalid'), refusedFor('key_unknown')),
  expected: inBody('\\.error\\.code'),
}

export const unknownKeyForbidden: Drift = {
  class: 'C14',
  operation: 'claimTodo',
  given: { state: 'nodeUnknown' },
  name: '403 in place of 401',
  hooks: replyAs((reply) => ({ ...reply, status: 403 }), refusedFor('key_unknown')),
  expected: inStatus,
}

function isSent({ headers }: ProxiedRequest): boolean {
  return headers['authorization'] !== undefined
}
