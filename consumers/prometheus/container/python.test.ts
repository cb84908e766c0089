import { fileURLToPath } from 'node:url'
import { runPythonTests } from '#contracts/prometheus/auth/testing/python-tests.ts'

/** Starting Python costs time on a machine that has other things to do. */
const patienceMs = 180_000

test(
  "the Python tests of the container's calls hold",
  async () => {
    const { ran, output } = await runPythonTests(fileURLToPath(new URL('.', import.meta.url)))
    expect(ran).toBeGreaterThan(0)
    expect(output).toContain('test_outcomes.Outcomes')
  },
  patienceMs,
)
