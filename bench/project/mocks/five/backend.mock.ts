export { mock } from '#mocks/workbench/backend.mock.ts'
