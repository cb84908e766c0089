/** A test that replays, by its place: the mirror rule names its component, or it is about the containers of a system. */
export type ReplayFile =
  | Readonly<{ kind: 'component'; system: string; component: string; target: 'live' | 'mock' }>
  | Readonly<{ kind: 'containers'; system: string }>
  | Readonly<{ kind: 'unknown' }>

/** What a `*.replay.test.ts` replays, by its path in the project. */
export function replayFile(path: string): ReplayFile {
  const [, live, provider] = /^providers\/([^/]+)\/([^/]+)\/.+\.replay\.test\.ts$/.exec(path) ?? []
  if (live !== undefined && provider !== undefined)
    return { kind: 'component', system: live, component: provider, target: 'live' }
  const [, mocked, component] = /^mocks\/([^/]+)\/([^/]+)\.replay\.test\.ts$/.exec(path) ?? []
  if (mocked !== undefined && component !== undefined)
    return { kind: 'component', system: mocked, component, target: 'mock' }
  const [, system] = /^providers\/([^/]+)\/[^/]+\.replay\.test\.ts$/.exec(path) ?? []
  return system === undefined ? { kind: 'unknown' } : { kind: 'containers', system }
}
