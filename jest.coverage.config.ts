import type { Config } from 'jest'
import base from './jest.config.ts'

/** The client libraries: what makes clients out of contracts, and the consumers that call with them. */
const clientLibraries = ['harness/client', 'consumers']

const config: Config = {
  ...base,
  testMatch: clientLibraries.map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
  collectCoverage: true,
  collectCoverageFrom: [
    ...clientLibraries.map((folder) => `${folder}/**/*.ts`),
    '!**/*.test.ts',
    '!**/*.test-d.ts',
    '!**/testing/**',
    // Pages are no library: stories in a browser tell what they do.
    '!consumers/*/*/app/**',
  ],
  coverageProvider: 'v8',
  coverageDirectory: '.concordat/coverage',
  coverageReporters: [['text', { skipFull: true, maxCols: 120 }], 'text-summary'],
  coverageThreshold: { global: { lines: 90, branches: 90 } },
}

export default config
