const segment = encodeURIComponent

type Edge = Readonly<{ consumer: string; provider: string }>
type Publication = Edge & Readonly<{ consumerVersion: string }>
type Content = Edge & Readonly<{ sha: string }>

/** Addresses of the broker's resources, absolute, under the address that the client used. */
export type BrokerUrls = ReturnType<typeof brokerUrls>

/** The addresses of a broker that its client knows under a base URL without a slash at its end. */
export function brokerUrls(base: string) {
  const pacticipant = (name: string): string => `${base}/pacticipants/${segment(name)}`
  const version = (name: string, number: string): string => `${pacticipant(name)}/versions/${segment(number)}`
  const pair = ({ consumer, provider }: Edge): string =>
    `${base}/pacts/provider/${segment(provider)}/consumer/${segment(consumer)}`
  const content = (of: Content): string => `${pair(of)}/pact-version/${of.sha}`
  return {
    base,
    pacticipant,
    version,
    pair,
    content,
    branch: (name: string, branch: string): string => `${pacticipant(name)}/branches/${segment(branch)}`,
    branchVersion: (name: string, branch: string, number: string): string =>
      `${pacticipant(name)}/branches/${segment(branch)}/versions/${segment(number)}`,
    tag: (name: string, number: string, tag: string): string => `${version(name, number)}/tags/${segment(tag)}`,
    pact: (of: Publication): string => `${pair(of)}/version/${segment(of.consumerVersion)}`,
    latestPact: (of: Edge): string => `${pair(of)}/latest`,
    contentWithMetadata: (of: Content, metadata: string): string =>
      metadata === '' ? content(of) : `${content(of)}/metadata/${metadata}`,
    verification: (of: Content & { number: number }): string => `${content(of)}/verification-results/${of.number}`,
    environment: (uuid: string): string => `${base}/environments/${uuid}`,
    recordDeployment: (name: string, number: string, uuid: string): string =>
      `${version(name, number)}/deployed-versions/environment/${uuid}`,
    recordRelease: (name: string, number: string, uuid: string): string =>
      `${version(name, number)}/released-versions/environment/${uuid}`,
    presence: (kind: 'deployed' | 'released', uuid: string): string => `${base}/${kind}-versions/${uuid}`,
    webhook: (uuid: string): string => `${base}/webhooks/${segment(uuid)}`,
    webhookRun: (uuid: string): string => `${base}/triggered-webhooks/${uuid}/logs`,
    label: (name: string, label: string): string => `${pacticipant(name)}/labels/${segment(label)}`,
  }
}
