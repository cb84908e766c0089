import type { Sql } from '../store/database.ts'
import { listEnvironments } from '../store/environments.ts'
import { listPublications } from '../store/publications.ts'
import { whereaboutsOf, type Version } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'

/** A version as clients get it, with where deployments and releases of it are recorded. */
export async function versionDocument(
  sql: Sql,
  version: Version,
  urls: BrokerUrls,
): Promise<Readonly<Record<string, unknown>>> {
  const { pacticipant, number, buildUrl } = version
  const places = (await whereaboutsOf(sql, [version.id])).get(version.id)
  const environments = await listEnvironments(sql)
  const pacts = await listPublications(sql, { consumer: pacticipant }, { version: number })
  const self = urls.version(pacticipant, number)
  const perEnvironment = (verb: string, href: (uuid: string) => string): readonly object[] =>
    environments.map(({ uuid, name, displayName }) => ({
      title: `Record ${verb} to ${displayName ?? name}`,
      name,
      href: href(uuid),
    }))
  return {
    number,
    ...(buildUrl !== null && { buildUrl }),
    createdAt: version.createdAt.toISOString(),
    _embedded: {
      branchVersions: (places?.branches ?? []).map(({ name, head }) => ({
        name,
        latest: head,
        _links: { self: { title: 'Branch version', name, href: urls.branchVersion(pacticipant, name, number) } },
      })),
      tags: (places?.tags ?? []).map(({ name }) => ({
        name,
        _links: { self: { title: 'Tag', name, href: urls.tag(pacticipant, number, name) } },
      })),
    },
    _links: {
      self: { title: 'Version', name: number, href: self },
      'pb:pacticipant': { title: 'Pacticipant', name: pacticipant, href: urls.pacticipant(pacticipant) },
      'pb:tag': { href: `${self}/tags/{tag}`, title: 'Get, create or delete a tag for this version', templated: true },
      'pb:latest-verification-results-where-pacticipant-is-consumer': {
        title: 'Latest verification results for consumer version',
        href: `${urls.base}/verification-results/consumer/${encodeURIComponent(pacticipant)}/version/${encodeURIComponent(number)}/latest`,
      },
      'pb:pact-versions': pacts.map((pact) => ({
        title: 'Pact',
        name: `Pact between ${pact.consumer} (${pact.consumerVersion}) and ${pact.provider}`,
        href: urls.pact(pact),
      })),
      'pb:record-deployment': perEnvironment('deployment', (uuid) => urls.recordDeployment(pacticipant, number, uuid)),
      'pb:record-release': perEnvironment('release', (uuid) => urls.recordRelease(pacticipant, number, uuid)),
      curies: [{ name: 'pb', href: `${urls.base}/doc/{rel}?context=version`, templated: true }],
    },
  }
}
