import { system, type System } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'
import { schemaNames, type SchemaNames } from '../schema-names.ts'
import { oddities, odditiesShapes } from './oddities.ts'

/** A made-up system of two components that promise something and one that does not. */
export const example: System = system('example', {
  components: {
    'book-shelf': { contract: library, port: 7001, environment: {} },
    oddities: { contract: oddities, port: 7002, environment: {} },
    reader: { environment: {} },
  },
  edges: [{ consumer: 'reader', provider: 'book-shelf' }],
  startOrder: ['book-shelf', 'oddities', 'reader'],
  agreements: [],
})

/** The names of its schemas. */
export const exampleNames: SchemaNames = schemaNames([odditiesShapes])
