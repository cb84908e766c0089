export { mock } from '#mocks/prometheus/node-planner.mock.ts'
