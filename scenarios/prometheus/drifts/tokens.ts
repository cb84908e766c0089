import { repliedWith, replyField, requestHeader, withoutRequestHeader } from '#harness/drift/deviations.ts'
import type { Drift } from '#harness/drift/drift.ts'
import { set } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'
import { refusedFor } from './refused.ts'

/** An operation that takes tokens, and the status that it answers a caller with whom it lets in. */
type Guarded = Readonly<{ operation: string; done: number }>

/** Callers who are refused with this code are let in. */
function lets(code: string, done: number): Drift['hooks'] {
  return repliedWith(done, done === 204 ? undefined : { data: {} }, refusedFor(code))
}

/** Only the second word of Authorization is looked at. */
export function anySchemeWord({ operation }: Pick<Guarded, 'operation'>): Drift {
  return {
    class: 'C14',
    operation,
    name: 'any word before the token will do',
    hooks: requestHeader('authorization', (value) => value.replace(/^\S+/, 'Bearer')),
    expected: inStatus,
  }
}

export function noTokenNeeded({ operation, done }: Guarded): Drift {
  return {
    class: 'C14',
    operation,
    name: 'anybody is let in',
    hooks: lets('unauthorized', done),
    expected: inStatus,
  }
}

export function expiredTokenPasses({ operation, done }: Guarded): Drift {
  return {
    class: 'C14',
    operation,
    given: { state: 'tokenExpired' },
    name: 'tokens never end',
    hooks: lets('token_expired', done),
    expected: inStatus,
  }
}

export function roleIgnored({ operation, done }: Guarded): Drift {
  return {
    class: 'C14',
    operation,
    name: 'every role may do it',
    hooks: lets('forbidden', done),
    expected: inStatus,
  }
}

/** The credential is read from another header than the one that is agreed on. */
export function tokenNeverRead({ operation }: Pick<Guarded, 'operation'>): Drift {
  return {
    class: 'C14',
    operation,
    name: 'x-api-key read in place of Authorization',
    hooks: withoutRequestHeader('authorization'),
    expected: inStatus,
  }
}

export function expiryCalledOtherwise({ operation }: Pick<Guarded, 'operation'>): Drift {
  return {
    class: 'C14',
    operation,
    given: { state: 'tokenExpired' },
    name: 'a token that is over is called invalid',
    hooks: replyField('error.code', set('token_invalid'), refusedFor('token_expired')),
    expected: inBody('\\.error\\.code'),
  }
}
