import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { coverageLines, leastShare, pythonCoverage } from './testing/coverage.ts'

/** Of lines and of branches, in percent. */
const threshold = 90

// Run by `npm run coverage`: what the tests in Python run of the generated clients.
try {
  const files = await pythonCoverage()
  process.stdout.write(`${coverageLines(files).join('\n')}\n`)
  if (leastShare(files) < threshold) {
    process.stderr.write(
      `less than ${threshold} % of the clients in Python is run by tests. Test the lines named above.\n`,
    )
    process.exitCode = 1
  }
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}
