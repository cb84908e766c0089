import { dirname } from 'node:path'
import { runNode } from '#harness/testing/run.ts'

const repository = dirname(dirname(dirname(import.meta.dirname)))

// What the harness makes of the same cases is in the tests that docs/pr-gate.md names. Once one of these lines changes,
// the official tool has learned to speak: then say so there.
test('the official tools pass where nothing was verified, and fail a stream that is as recorded', async () => {
  const { output } = await runNode(['harness/pact/testing/official-tools-process.ts'], {
    cwd: repository,
    env: { PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false' },
  })
  const [, results = 'null'] = /^results (.*)$/m.exec(output) ?? []
  expect(JSON.parse(results)).toEqual({
    'same description, other reply: interactions': 1,
    'no pact': 'passed',
    'a filter that matches nothing': 'passed',
    'a state that throws': 'passed',
    'a state without handler': 'passed',
    'a stream that is as recorded': 'failed',
  })
}, 60_000)
