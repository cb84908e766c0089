/**
 * The machine is at fault, not a contract: a port is taken, a program is missing, a server does not start.
 * The message says what failed, why, and what to do. The command line ends with `exitCode`.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
  readonly exitCode = 14
}
