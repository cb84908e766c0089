import type { ArgsDef } from 'citty'

/** Flags that say what a run is of, where GitHub Actions and git do not, or say it wrongly. */
export const versionFlags = {
  version: { type: 'string', valueHint: 'version', description: 'Default: the commit, from GitHub Actions or git.' },
  branch: { type: 'string', valueHint: 'branch', description: 'Default: the branch, from GitHub Actions or git.' },
  'build-url': { type: 'string', valueHint: 'url', description: 'Default: the run of GitHub Actions.' },
} as const satisfies ArgsDef
