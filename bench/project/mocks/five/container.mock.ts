export { mock } from '#mocks/prometheus/container.mock.ts'
