import { replaysInContainers } from '#harness/pact/replay/replays.ts'

await replaysInContainers('prometheus')
