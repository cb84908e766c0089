/** Thrown where a service cannot do its work in the environment that it was given: its message says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
