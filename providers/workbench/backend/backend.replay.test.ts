import { replays } from '#harness/pact/replay/replays.ts'

await replays('workbench', 'backend', 'live')
