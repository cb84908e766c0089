import type { Config } from 'jest'

const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{harness,contracts,consumers,providers,mocks,scenarios}/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'esnext' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  reporters: [
    'default',
    '<rootDir>/harness/jest/recorder-reporter.ts',
    '<rootDir>/harness/jest/recording-reporter.ts',
    '<rootDir>/harness/jest/store-reporter.ts',
    '<rootDir>/harness/jest/totals-reporter.ts',
  ],
  // These tests wait for other processes most of the time: no core needs to be kept free.
  maxWorkers: '100%',
  watchman: false,
  // Busy machines: what hangs is found all the same, and what is slow is not taken for it.
  testTimeout: 30_000,
}

export default config
