import { replays } from '#harness/pact/replay/replays.ts'

await replays('prometheus', 'node-worker', 'mock')
