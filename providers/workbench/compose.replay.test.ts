import { replaysInContainers } from '#harness/pact/replay/replays.ts'
import { misconfigurations } from './proxy/misconfigurations.ts'

await replaysInContainers('workbench', { misconfigurations })
