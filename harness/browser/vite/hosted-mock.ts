import type { MockOptions } from '#harness/mock/mock.ts'

/** A mock that is to run in the browser. */
export type HostedMock = Readonly<{
  component: string
  /** The file that exports it as `mock`. */
  file: string
  /** Where the page takes it to be: `http://localhost:4512`. Nothing listens there. */
  origin: string
  options: Pick<MockOptions, 'pacts' | 'environment'>
  states: readonly Readonly<{ state: string; params: Readonly<Record<string, unknown>> }>[]
}>
