/** One deviation, as data: rendered alike by the command line, Jest and reports. Codes are listed in docs/errors.md. */
export type Finding = Readonly<{
  code: FindingCode
  severity: 'error' | 'warning'
  /** `consumer -> provider`, or the system for findings that belong to no edge. */
  edge?: string
  operation?: string
  interaction?: string
  /** Where in the request, reply, stream or file: `$.reply.body.title`. */
  path?: string
  /** On what it was found: `live`, `mock` or a URL. */
  target?: string
  /** What failed: why. */
  message: string
  /** What to do. */
  fix: string
}>

export const findingCodes = {
  'reply-outside-contract': 'A component answered with a status, header or body that its contract does not have.',
  'event-outside-contract': 'A stream carried an event that its contract does not have, or not at this point.',
  'message-outside-contract': 'A WebSocket channel carried a message that its contract does not have.',
  'handler-failed': 'A handler threw something that is no refusal.',
  'interaction-mismatch': 'A replayed interaction was answered with something else than the pact says.',
  'stream-mismatch': 'A replayed stream or channel carried something else than the pact says.',
  'stream-not-ended': 'A stream should have ended and did not, within the time given.',
  'stream-held-back': 'A stream sent nothing until all of it was computed.',
  'no-answer': 'A request was not answered within the time given.',
  'target-unreachable': 'The target of a replay took no connection.',
  'nothing-to-replay': 'A pact has no interaction, or a filter left none.',
  'not-replayed': 'An interaction of a pact was not replayed.',
  'pact-missing': 'A declared edge has no pact.',
  'pact-unclaimed': 'A pact belongs to no declared edge.',
  'pact-invalid': 'A pact file is not a Pact Specification V4 file of this harness.',
  'pact-stale': 'A consumer test or contract changed after its pact was recorded.',
  'pact-conflict': 'Two recorded interactions share description and states, and differ in content.',
  'pact-secret': 'A pact holds something that looks like a secret.',
  'pact-outside-contract': "A pact contradicts its provider's OpenAPI document.",
  'operation-undeclared': 'A pact uses an operation that the contract does not have.',
  'operation-unrecorded': 'An operation of a contract is used in no pact.',
  'state-undeclared': 'A pact uses a state that the contract does not have.',
  'state-without-handler': 'A state of a pact has no handler on the target.',
  'state-failed': 'Setting up a state threw.',
  'request-id-lost': 'A hop was called without a request id, or did not bring it back.',
  layout: 'Folders, files and the declared systems disagree.',
  'environment-missing': 'A required environment variable is missing.',
  'environment-malformed': 'An environment variable has a value that its schema refuses.',
  'environment-contradiction': 'Two environment variables that have to agree do not.',
  'contract-break': 'A contract changed in a way that breaks a consumer by what its pact uses.',
  'accepted-break-expired': 'A break was accepted until a day that is over.',
  'accepted-break-unused': 'A break is accepted that no change makes.',
  'export-stale': 'A file that follows from the contracts is missing, differs or is left over.',
  'test-failed': 'A test of a stage failed.',
  'fault-not-survived': 'A consumer does not survive a fault that it is declared to survive.',
  'drift-missed': 'A deliberate drift was not detected.',
  'mutation-survived': 'A small deviation of a provider passed what a consumer recorded of it.',
  'drift-false-alarm': 'A harmless change was reported as drift.',
  'publish-refused': 'A broker refused what was published.',
  'deploy-refused': 'A version must not be deployed: a result that it needs is bad.',
  'deploy-unproven': 'Nothing proves that a version may be deployed.',
} as const satisfies Readonly<Record<string, string>>

export type FindingCode = keyof typeof findingCodes

/** One line for a person: where, what, and what to do. */
export function describeFinding(finding: Finding): string {
  const where = [finding.edge, finding.interaction, finding.path, finding.target && `on ${finding.target}`]
  return `${finding.code}: ${where.filter(Boolean).join(' · ')}\n    ${finding.message} ${finding.fix}`.trimEnd()
}
