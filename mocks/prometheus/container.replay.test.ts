import { replays } from '#harness/pact/replay/replays.ts'

await replays('prometheus', 'container', 'mock')
