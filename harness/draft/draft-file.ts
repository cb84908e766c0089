import { edgeName, type Edge } from '#harness/contract/system.ts'
import type { Carrier } from '#harness/contract/security.ts'
import { participantName } from '#harness/project/systems.ts'
import { textCode } from './code.ts'
import type { ContractModule } from './contract-module.ts'
import type { DraftInteraction } from './draft-interaction.ts'
import { clientName } from './client-name.ts'
import { recordCode } from './draft-record.ts'

/** What all drafts of an edge have in common. */
export type DraftSetting = Readonly<{ system: string; edge: Edge; module: ContractModule }>

/** A draft with the words that it is recorded under. */
export type DescribedDraft = Readonly<{ draft: DraftInteraction; description: string }>

/** One `records(…)` as it stands in a file. */
export function draftBlock({ draft, description }: DescribedDraft, setting: DraftSetting): string {
  return recordCode(draft, description, namesOf(setting))
}

function namesOf({ edge, module }: DraftSetting): { recorder: string; contract: string } {
  const own = edge.consumer.replaceAll(/-+(\w)/g, (_match, letter: string) => letter.toUpperCase())
  const taken = new Set([module.exported, 'client', 'consumer', 'cookieJar', 'matching', 'stateToChoose'])
  return { recorder: taken.has(own) ? `${own}Consumer` : own, contract: module.exported }
}

/** The text of a consumer test that records some drafts of one operation. */
export function draftFile(drafts: readonly DescribedDraft[], setting: DraftSetting): string {
  const { system, edge, module } = setting
  const { recorder, contract } = namesOf(setting)
  const blocks = drafts.map((draft) => draftBlock(draft, setting))
  const code = blocks.join('\n\n')
  const carriers = carriersOf(drafts)
  return [
    ...imports(code, module, carriers),
    '',
    `// Drafted from calls that were seen on ${edgeName(edge)} and that no pact covers. Check the states, say in your own words`,
    '// what each is about, and let your own client make the call. Then move it out of drafts/.',
    `const ${recorder} = consumer(${textCode(participantName(system, edge.consumer))}).of(${contract})`,
    '',
    ...carriers.map((carrier) => `${clientCode(carrier, contract)}\n`),
    `${code}\n`,
  ].join('\n')
}

function carriersOf(drafts: readonly DescribedDraft[]): readonly (Carrier | undefined)[] {
  return [...new Map(drafts.map(({ draft: { given } }) => [clientName(given.carrier), given.carrier])).values()]
}

function imports(code: string, { specifier, exported }: ContractModule, carriers: readonly (Carrier | undefined)[]) {
  const all: readonly (readonly [needed: boolean, line: string])[] = [
    [true, `import { ${exported} } from '${specifier}'`],
    [true, "import { client, type Client } from '#harness/client/client.ts'"],
    [
      carriers.some((carrier) => carrier?.kind === 'cookie'),
      "import { cookieJar } from '#harness/client/cookie-jar.ts'",
    ],
    [/\bmatching\(/.test(code), "import { matching } from '#harness/contract/example.ts'"],
    [/\bstateToChoose\(/.test(code), "import { stateToChoose } from '#harness/draft/state-to-choose.ts'"],
    [true, "import { consumer } from '#harness/pact/record/recorder.ts'"],
    [true, "import type { RecordingApi } from '#harness/pact/record/recording.ts'"],
  ]
  return all.filter(([needed]) => needed).map(([, line]) => line)
}

/** A function that makes the contract's own client, as somebody calls with it who has that credential. */
function clientCode(carrier: Carrier | undefined, contract: string): string {
  const head = (api: string): string =>
    `function ${clientName(carrier)}(${api}: RecordingApi): Client<typeof ${contract}> {`
  const made = (credentials: string): string =>
    `  return client(${contract}, { baseUrl: url, ${credentials}retries: 0 })`
  switch (carrier?.kind) {
    case undefined:
      return [head('{ url }'), made(''), '}'].join('\n')
    case 'cookie':
      return [
        head('{ url, placeholder }'),
        '  const jar = cookieJar()',
        `  jar.set(${textCode(carrier.name)}, placeholder)`,
        made("credentials: { kind: 'cookies', jar }, "),
        '}',
      ].join('\n')
    case 'bearer':
      return [
        head('{ url, placeholder }'),
        made("credentials: { kind: 'bearer', token: () => placeholder }, "),
        '}',
      ].join('\n')
    case 'signature':
      return [
        head('{ url, placeholder }'),
        '  const signed: typeof fetch = (input, init) => {',
        '    const headers = new Headers(init?.headers)',
        `    headers.set('authorization', \`${carrier.scheme} \${placeholder}\`)`,
        '    return fetch(input, { ...init, headers })',
        '  }',
        made('fetch: signed, '),
        '}',
      ].join('\n')
    default:
      return carrier satisfies never
  }
}
