import type { OpenApiDocument } from '../openapi/document.ts'

/** Something in a pact that a document does not allow, or that the comparison does not know. */
export type Contradiction = Readonly<{
  severity: 'error' | 'warning'
  /** As the comparator names it: `response.body.incompatible`. */
  code: string
  message: string
  /** Which interaction of the pact, counted from 0; undefined where it is about none. */
  interaction: number | undefined
  /** Where in the interaction: `request.body.title`. */
  place: string
}>

/** Compares pacts with one document. */
export type Comparator = (pact: unknown) => Promise<readonly Contradiction[]>

/**
 * What the package exports. Its own types do not resolve under `nodenext`: they refer to files that it does not ship.
 * Source: @pactflow/openapi-pact-comparator 2.3.1, dist/src/results/index.d.ts.
 */
type Package = Readonly<{
  Comparator: new (documents: Readonly<{ oas: OpenApiDocument }>) => Readonly<{
    compare: (pact: unknown) => AsyncIterable<{
      type: 'error' | 'warning' | 'info'
      code: string
      message: string
      mockDetails?: { location?: string }
    }>
  }>
}>

/**
 * Loads the comparator, which takes longer than most pacts to compare, for a document. It compares the values of examples,
 * not matching rules; bodies of streams it does not know.
 */
export async function comparatorFor(document: OpenApiDocument): Promise<Comparator> {
  const { Comparator } = (await import('@pactflow/openapi-pact-comparator')) as unknown as Package
  // It keeps the schemas that it compiles: one for all pacts with the document.
  const comparator = new Comparator({ oas: document })
  return async (pact) => {
    const found: Contradiction[] = []
    for await (const { type, code, message, mockDetails } of comparator.compare(pact)) {
      if (type !== 'info') found.push({ severity: type, code, message, ...placeOf(mockDetails?.location ?? '') })
    }
    return found
  }
}

/** `[root].interactions[3].request.path`: the interaction and the place in it. */
function placeOf(location: string): Pick<Contradiction, 'interaction' | 'place'> {
  const [, index, place = ''] = /^\[root\]\.interactions\[(\d+)\]\.?(.*)$/.exec(location) ?? []
  return index === undefined ? { interaction: undefined, place: location } : { interaction: Number(index), place }
}
