declare module 'virtual:concordat/mocks' {
  import type { Mock, MockOptions } from '#harness/mock/mock.ts'

  /** The mocks that run in this browser, as the dev server was told. */
  export const hosted: readonly Readonly<{
    component: string
    origin: string
    mock: Mock
    options: MockOptions
    states: readonly Readonly<{ state: string; params: Readonly<Record<string, unknown>> }>[]
  }>[]
}
