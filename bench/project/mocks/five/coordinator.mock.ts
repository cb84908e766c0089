export { mock } from '#mocks/prometheus/coordinator.mock.ts'
