import { replays } from '#harness/pact/replay/replays.ts'

await replays('prometheus', 'coordinator', 'mock')
