import { checkComposeFlags } from './compose-flags.ts'

test.each([
  [{ compose: true, keep: true, verbose: true }, []],
  [{ compose: false }, ['--live', '--state']],
])('%j with %j go together', (flags, mocks) => {
  expect(() => checkComposeFlags(flags, mocks)).not.toThrow()
})

test.each([
  [{ compose: true }, ['--live'], '--live is for components outside of containers. Leave it out, or --compose.'],
  [{ keep: true }, [], '--keep is for --compose. Leave it out, or add that.'],
  [{ verbose: true }, ['--live'], '--verbose is for --compose.'],
])('%j with %j do not', (flags, mocks, message) => {
  expect(() => checkComposeFlags(flags, mocks)).toThrow(message)
})
