import { system as prometheus } from '#contracts/prometheus/system.ts'
import { system as workbench } from '#contracts/workbench/system.ts'
import { system as declareSystem, type Component, type System } from '#harness/contract/system.ts'

/** A component of another system, at a port that its own system does not use. */
function from({ components }: System, name: string, port: number): Component {
  return { environment: {}, ...components[name], port }
}

/** The five mocks of two systems in one process. */
export const system = declareSystem('five', {
  components: {
    backend: from(workbench, 'backend', 48_131),
    coordinator: from(prometheus, 'coordinator', 48_132),
    container: from(prometheus, 'container', 48_133),
    'node-planner': from(prometheus, 'node-planner', 48_134),
    'node-worker': from(prometheus, 'node-worker', 48_135),
  },
  edges: prometheus.edges.filter(({ consumer }) => consumer !== 'owner'),
  startOrder: ['backend', 'coordinator', 'container', 'node-planner', 'node-worker'],
  agreements: [],
})
