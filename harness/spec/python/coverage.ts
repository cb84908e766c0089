import { coverageLines, NoCoverage, pythonCoverage } from './testing/coverage.ts'

// Run by `node harness/spec/python/coverage.ts`: what the tests in Python run of the generated clients.
try {
  process.stdout.write(`${coverageLines(await pythonCoverage()).join('\n')}\n`)
} catch (error) {
  if (!(error instanceof NoCoverage)) throw error
  process.stdout.write(`coverage of the clients in Python is not measured: ${error.message}\n`)
}
