import type { Command } from './command.ts'

export type CommandEntry = Readonly<{ description: string; load: () => Promise<Command> }>

/** All commands by name. A command's own file is loaded when it runs, so that help is quick. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  gate: {
    description: 'Record, lint, replay on live and mock, tell the scenarios, try the drifts: one verdict.',
    load: async () => (await import('./commands/gate.ts')).gate,
  },
  record: {
    description: "Run the consumers' tests and write what they record into the pacts.",
    load: async () => (await import('./commands/record.ts')).record,
  },
  lint: {
    description: 'What is wrong with contracts, pacts and folders, without starting anything.',
    load: async () => (await import('./commands/lint.ts')).lint,
  },
  impact: {
    description: 'What changed in the contracts since a Git ref, and which consumers it breaks, where.',
    load: async () => (await import('./commands/impact.ts')).impact,
  },
  replay: {
    description: 'Replay the pacts of one component against its live service, its mock or a URL.',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  mutate: {
    description: 'Let the providers of some edges deviate in all small ways, and count which of them the pacts notice.',
    load: async () => (await import('./commands/mutate.ts')).mutate,
  },
  up: {
    description: 'Start the components of a system, as mocks or live, until Ctrl-C.',
    load: async () => (await import('./commands/up.ts')).up,
  },
  dev: {
    description:
      'Serve the pages of a system over mocks in the browser, mocks on ports or live services, until Ctrl-C.',
    load: async () => (await import('./commands/dev.ts')).dev,
  },
  build: {
    description: 'Build the pages of a system into static files, with the addresses out of the environment.',
    load: async () => (await import('./commands/build.ts')).build,
  },
  show: {
    description: 'What there is of a system, and what is missing.',
    load: async () => (await import('./commands/show.ts')).show,
  },
  export: {
    description: 'Write what follows from the contracts: OpenAPI documents, a reference, clients in Python.',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  broker: {
    description: 'Run a Pact Broker of our own until Ctrl-C: pacts, results, environments, webhooks, pages.',
    load: async () => (await import('./commands/broker.ts')).broker,
  },
  'broker export': {
    description: 'Move what a broker has to another one, such as the Pact Broker or PactFlow.',
    load: async () => (await import('./commands/broker-export.ts')).brokerExport,
  },
  publish: {
    description: 'Publish pacts to a broker.',
    load: async () => (await import('./commands/publish.ts')).publish,
  },
  'can-i-deploy': {
    description: 'Whether a version may be deployed, by a broker or by what was committed.',
    load: async () => (await import('./commands/can-i-deploy.ts')).canIDeploy,
  },
  'record-deployment': {
    description: 'Tell a broker what was deployed or released where, or is there no more.',
    load: async () => (await import('./commands/record-deployment.ts')).recordDeployment,
  },
  environments: {
    description: "List a broker's environments with what is there, or make one.",
    load: async () => (await import('./commands/environments.ts')).environments,
  },
  report: {
    description: 'Render the files of a report again from its report.json.',
    load: async () => (await import('./commands/report.ts')).report,
  },
  status: {
    description: 'How far the integration of each system is, from the evidence of the last gate that wrote a report.',
    load: async () => (await import('./commands/status.ts')).status,
  },
  'env check': {
    description: 'Whether an env file has all variables of a system, and whether they agree.',
    load: async () => (await import('./commands/env-check.ts')).envCheck,
  },
}
