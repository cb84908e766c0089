/** Who may use a broker. */
export type BrokerAuth =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'basic'; username: string; password: string }>
  | Readonly<{ kind: 'token'; token: string }>

/** Where webhooks may go. What is not named here is refused, as by the Pact Broker. */
export type WebhookRules = Readonly<{
  /** `https` alone, unless told otherwise. */
  schemes: readonly string[]
  /** Host names and addresses, CIDR ranges or patterns between slashes. None by default: no webhook at all. */
  hosts: readonly string[]
  methods: readonly string[]
  /** How long to wait before each further attempt, in milliseconds. */
  retryAfterMs: readonly number[]
}>

export type BrokerSettings = Readonly<{
  auth: BrokerAuth
  /** Where clients find the broker, if that is not what their requests say. */
  baseUrl?: string
  /**
   * Lets a version's pact be changed after it was published: results of the old content then stand for a version that has
   * another. As with the Pact Broker's setting of that name, only for getting out of trouble.
   */
  allowDangerousContractModification: boolean
  webhooks: WebhookRules
}>

export const defaultSettings: BrokerSettings = {
  auth: { kind: 'none' },
  allowDangerousContractModification: false,
  webhooks: { schemes: ['https'], hosts: [], methods: ['POST'], retryAfterMs: [10_000, 60_000, 120_000] },
}
