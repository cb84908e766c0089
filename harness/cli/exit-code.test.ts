import type { Finding, FindingCode } from '#harness/contract/finding.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { CannotReach, exitCodeOfError, exitCodeOfFindings, Interrupted } from './exit-code.ts'

function error(code: FindingCode): Finding {
  return { code, severity: 'error', message: 'It is so.', fix: 'Change it.' }
}

test('no finding, or warnings alone, are 0', () => {
  expect(exitCodeOfFindings([])).toBe(0)
  expect(exitCodeOfFindings([{ ...error('operation-unrecorded'), severity: 'warning' }])).toBe(0)
})

test('a broken contract is 1, whatever else was found', () => {
  expect(exitCodeOfFindings([error('interaction-mismatch')])).toBe(1)
  expect(exitCodeOfFindings([error('target-unreachable'), error('pact-missing'), error('pact-stale')])).toBe(1)
})

test('a target that takes no connection is 11', () => {
  expect(exitCodeOfFindings([error('target-unreachable'), error('pact-missing')])).toBe(11)
})

test('nothing to compare is 3', () => {
  expect(exitCodeOfFindings([error('pact-missing')])).toBe(3)
  expect(exitCodeOfFindings([error('nothing-to-replay')])).toBe(3)
})

test('what is thrown tells its exit code by its kind', () => {
  expect(exitCodeOfError(new UsageError('no such system'))).toBe(2)
  expect(exitCodeOfError(new EnvironmentError('port taken'))).toBe(14)
  expect(exitCodeOfError(new CannotReach('nobody there'))).toBe(11)
  expect(exitCodeOfError(new Interrupted('stopped'))).toBe(130)
  expect(exitCodeOfError(new TypeError('unforeseen'))).toBe(1)
})
