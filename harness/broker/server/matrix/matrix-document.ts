import type { Sql } from '../store/database.ts'
import { whereaboutsOf, type Whereabouts } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'
import type { MatrixAnswer } from './ask-matrix.ts'
import type { ConsideredRow, Summary } from './summary.ts'

type Document = Readonly<Record<string, unknown>>

/** The answer of the matrix as clients get it. */
export async function matrixDocument(sql: Sql, { summary, rows }: MatrixAnswer, urls: BrokerUrls): Promise<Document> {
  const ids = rows.flatMap(({ consumerVersionId, providerVersionId }) =>
    providerVersionId === null ? [consumerVersionId] : [consumerVersionId, providerVersionId],
  )
  const places = await whereaboutsOf(sql, ids)
  return {
    summary: summaryDocument(summary),
    notices: summary.reasons.map(({ kind, text }) => ({ type: kind, text })),
    matrix: rows.map((row) => rowDocument(row, places, urls)),
  }
}

function summaryDocument({ deployable, reasons, success, failed, unknown, ignored }: Summary): Document {
  const reason = reasons.map(({ text }) => text).join('\n')
  return { deployable, reason, success, failed, unknown, ...(ignored > 0 && { ignored }) }
}

function rowDocument(row: ConsideredRow, places: ReadonlyMap<number, Whereabouts>, urls: BrokerUrls): Document {
  const { consumer, provider, consumerVersion, providerVersion, providerVersionId } = row
  return {
    consumer: {
      name: consumer,
      version: versionDocument(
        { name: consumer, number: consumerVersion, places: places.get(row.consumerVersionId) },
        urls,
      ),
      _links: { self: { href: urls.pacticipant(consumer) } },
    },
    provider: {
      name: provider,
      version:
        providerVersion === null || providerVersionId === null
          ? null
          : versionDocument({ name: provider, number: providerVersion, places: places.get(providerVersionId) }, urls),
      _links: { self: { href: urls.pacticipant(provider) } },
    },
    pact: { createdAt: row.publishedAt.toISOString(), _links: { self: { href: urls.pact(row) } } },
    verificationResult:
      row.success === null || row.verificationNumber === null
        ? null
        : {
            success: row.success,
            verifiedAt: row.verifiedAt?.toISOString() ?? null,
            _links: { self: { href: urls.verification({ ...row, number: row.verificationNumber }) } },
          },
    ...(row.ignored && { ignored: true }),
  }
}

type Placed = Readonly<{ name: string; number: string; places: Whereabouts | undefined }>

function versionDocument({ name, number, places }: Placed, urls: BrokerUrls): Document {
  return {
    number,
    branch: places?.branches[0]?.name ?? null,
    branches: (places?.branches ?? []).map((branch) => ({
      name: branch.name,
      latest: branch.head,
      _links: { self: { href: urls.branch(name, branch.name) } },
    })),
    branchVersions: (places?.branches ?? []).map((branch) => ({
      name: branch.name,
      latest: branch.head,
      _links: { self: { href: urls.branchVersion(name, branch.name, number) } },
    })),
    environments: (places?.environments ?? []).map((environment) => ({
      uuid: environment.uuid,
      name: environment.name,
      displayName: environment.displayName,
      production: environment.production,
      _links: { self: { href: urls.environment(environment.uuid) } },
    })),
    tags: (places?.tags ?? []).map((tag) => ({
      name: tag.name,
      latest: tag.latest,
      _links: { self: { href: urls.tag(name, number, tag.name) } },
    })),
    _links: { self: { href: urls.version(name, number) } },
  }
}
