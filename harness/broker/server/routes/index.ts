import type { Hono } from 'hono'
import { urlsFor, type Broker } from '../context.ts'
import { hal, wantsPage, type Link, type Links } from '../hal.ts'

/** The document that clients begin with: every relation with an absolute address. */
export function indexRoutes(app: Hono, broker: Broker): void {
  app.get('/', (c) => {
    const { base } = urlsFor(broker, c)
    return wantsPage(c) ? c.redirect('/ui') : hal(c, { _links: indexLinks(base) })
  })
}

const relations: readonly (readonly [relation: string, path: string, title: string])[] = [
  ['self', '', 'Index'],
  [
    'pb:publish-pact',
    '/pacts/provider/{provider}/consumer/{consumer}/version/{consumerApplicationVersion}',
    'Publish a pact',
  ],
  ['pb:publish-contracts', '/contracts/publish', 'Publish contracts'],
  ['pb:latest-pact-versions', '/pacts/latest', 'Latest pact versions'],
  [
    'pb:tagged-pact-versions',
    '/pacts/provider/{provider}/consumer/{consumer}/tag/{tag}',
    'All versions of a pact under a tag',
  ],
  ['pb:pacticipants', '/pacticipants', 'Pacticipants'],
  ['pb:pacticipant', '/pacticipants/{pacticipant}', 'Fetch pacticipant by name'],
  ['pb:pacticipant-branches', '/pacticipants/{pacticipant}/branches', 'Pacticipant branches'],
  ['pb:pacticipant-branch', '/pacticipants/{pacticipant}/branches/{branch}', 'Get or delete a pacticipant branch'],
  ['pb:pacticipant-version', '/pacticipants/{pacticipant}/versions/{version}', 'Create or get a pacticipant version'],
  [
    'pb:pacticipant-version-tag',
    '/pacticipants/{pacticipant}/versions/{version}/tags/{tag}',
    'Get, create or delete a tag of a version',
  ],
  [
    'pb:pacticipant-branch-version',
    '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
    'Get or add/create a version of a branch',
  ],
  ['pb:latest-provider-pacts', '/pacts/provider/{provider}/latest', 'Latest pacts by provider'],
  [
    'pb:latest-provider-pacts-with-tag',
    '/pacts/provider/{provider}/latest/{tag}',
    'Latest pacts of a provider under a tag',
  ],
  ['pb:provider-pacts-with-tag', '/pacts/provider/{provider}/tag/{tag}', 'All pact versions of a provider under a tag'],
  ['pb:provider-pacts', '/pacts/provider/{provider}', 'All pact versions of a provider'],
  [
    'pb:latest-provider-pacts-with-branch',
    '/pacts/provider/{provider}/branch/{branch}/latest',
    'Latest pacts of a provider by consumer branch',
  ],
  [
    'pb:provider-pacts-with-branch',
    '/pacts/provider/{provider}/branch/{branch}',
    'All pact versions of a provider by consumer branch',
  ],
  [
    'pb:latest-provider-pacts-with-main-branch',
    '/pacts/provider/{provider}/branch/latest',
    'Latest pacts of a provider from the main branches',
  ],
  [
    'pb:provider-pacts-with-main-branch',
    '/pacts/provider/{provider}/branch',
    'All pact versions of a provider from the main branches',
  ],
  [
    'pb:branch-pact-versions',
    '/pacts/provider/{provider}/consumer/{consumer}/branch/{branch}',
    'All versions of a pact by consumer branch',
  ],
  [
    'pb:latest-branch-pact-versions',
    '/pacts/provider/{provider}/consumer/{consumer}/branch/{branch}/latest',
    'Latest version of a pact by consumer branch',
  ],
  [
    'pb:main-branch-pact-versions',
    '/pacts/provider/{provider}/consumer/{consumer}/branch',
    'All versions of a pact from the main branch',
  ],
  [
    'pb:latest-main-branch-pact-versions',
    '/pacts/provider/{provider}/consumer/{consumer}/branch/latest',
    'Latest version of a pact from the main branch',
  ],
  ['pb:latest-version', '/pacticipants/{pacticipant}/latest-version', 'Latest pacticipant version'],
  [
    'pb:latest-tagged-version',
    '/pacticipants/{pacticipant}/latest-version/{tag}',
    'Latest pacticipant version with the tag',
  ],
  ['pb:webhooks', '/webhooks', 'Webhooks'],
  ['pb:webhook', '/webhooks/{uuid}', 'Webhook'],
  ['pb:integrations', '/integrations', 'Integrations'],
  [
    'pb:can-i-deploy-pacticipant-version-to-tag',
    '/can-i-deploy?pacticipant={pacticipant}&version={version}&to={tag}',
    'Whether a version can be deployed with a tag',
  ],
  [
    'pb:can-i-deploy-pacticipant-version-to-environment',
    '/can-i-deploy?pacticipant={pacticipant}&version={version}&environment={environment}',
    'Whether a version can be deployed to an environment',
  ],
  [
    'pb:provider-pacts-for-verification',
    '/pacts/provider/{provider}/for-verification',
    'Pact versions to be verified for a provider',
  ],
  ['pb:provider-states', '/pacts/provider/{provider}/provider-states', 'Provider states of a provider'],
  ['pb:environments', '/environments', 'Environments'],
  ['pb:environment', '/environments/{uuid}', 'Environment'],
]

function indexLinks(base: string): Links {
  const links = relations.map(([relation, path, title]): [string, Link] => [
    relation,
    { href: `${base}${path}`, title, templated: path.includes('{') },
  ])
  return Object.fromEntries(links)
}
