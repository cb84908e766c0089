import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { askMatrix } from '../matrix/ask-matrix.ts'
import { matrixDocument } from '../matrix/matrix-document.ts'
import { parseMatrixQuery, type MatrixQuery, type MatrixSelector } from '../matrix/matrix-query.ts'
import { invalid } from '../refusal.ts'

/** The matrix, and the questions that are made of it. */
export function matrixRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const answer = async (c: Context, query: MatrixQuery): Promise<Response> =>
    hal(c, await matrixDocument(database, await askMatrix(database, query), urlsFor(broker, c)))

  app.get('/matrix', (c) => answer(c, parseMatrixQuery(new URL(c.req.url).searchParams)))
  app.get('/matrix/provider/:provider/consumer/:consumer', (c) =>
    answer(c, {
      ...everything,
      selectors: [{ pacticipant: param(c, 'consumer') }, { pacticipant: param(c, 'provider') }],
      latestBy: 'cvpv',
    }),
  )
  app.get('/can-i-deploy', (c) => answer(c, simpleQuery(c)))
  app.get('/pacticipants/:pacticipant/versions/:version/can-i-deploy', (c) => {
    const selector = { pacticipant: param(c, 'pacticipant'), version: param(c, 'version') }
    return answer(c, deployQuery(selector, c.req.query('environment')))
  })
  app.get('/pacticipants/:pacticipant/branches/:branch/latest-version/can-i-deploy/to-environment/:environment', (c) =>
    answer(c, branchToEnvironment(c)),
  )
}

const everything: MatrixQuery = {
  selectors: [],
  ignored: [],
  others: undefined,
  latestBy: undefined,
  success: undefined,
  limit: undefined,
}

/** Whether a version may go to an environment. */
export function deployQuery(selector: MatrixSelector, environment: string | undefined): MatrixQuery {
  if (!environment) throw invalid({ environment: ['is missing'] })
  return { ...everything, selectors: [selector], others: { environment }, latestBy: 'cvpv' }
}

/** Whether what is last on the main branch goes with what is last on the main branches of others. */
export function mergeQuery(pacticipant: string): MatrixQuery {
  const main = { mainBranch: true, latest: true } as const
  return { ...everything, selectors: [{ pacticipant, mainBranch: true }], others: main, latestBy: 'cvp' }
}

/** Whether the last version of a branch may go to an environment, out of an address. */
export function branchToEnvironment(c: Context): MatrixQuery {
  const selector = { pacticipant: param(c, 'pacticipant'), branch: param(c, 'branch'), latest: true } as const
  return deployQuery(selector, param(c, 'environment'))
}

function simpleQuery(c: Context): MatrixQuery {
  const { pacticipant, version, environment, to } = c.req.query()
  const errors = {
    ...(!pacticipant && { pacticipant: ['is missing'] }),
    ...(!version && { version: ['is missing'] }),
    ...(environment && to && { base: ['cannot specify both environment and to'] }),
  }
  if (!pacticipant || !version || Object.keys(errors).length > 0) throw invalid(errors)
  const selector = { pacticipant, version }
  if (environment) return deployQuery(selector, environment)
  const others = { latest: true, ...(to && { tag: to }) } as const
  return { ...everything, selectors: [selector], others, latestBy: 'cvp' }
}
