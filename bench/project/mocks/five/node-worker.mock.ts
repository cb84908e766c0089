export { mock } from '#mocks/prometheus/node-worker.mock.ts'
