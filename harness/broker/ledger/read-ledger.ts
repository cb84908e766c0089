import { jsonOr } from '#harness/contract/json.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { interactionsOf, isObject, type PactContent } from '../pact/content.ts'
import { titleOf } from '../pact/diff.ts'
import { promiseDigest } from '../pact/promise-digest.ts'
import type { Ledger, LedgerEdge, LedgerInteraction, Replay } from './ledger.ts'
import { openLedgerTree, type LedgerTree } from './ledger-tree.ts'
import { LedgerFile, ResultFile } from './result-file.ts'

/**
 * Reads what is known of a version from a directory or a git ref: a committed `ledger.json`, or else pacts and the result files that
 * replays left.
 * @throws UsageError where there is neither ledger nor pact, or a ledger cannot be read.
 */
export async function readLedger(place: string, folder: string): Promise<Ledger> {
  const tree = await openLedgerTree(place, folder)
  const committed = tree.files.filter((file) => /(^|\/)ledger\.json$/.test(file))
  const edges = committed.length > 0 ? await fromLedgers(tree, committed) : await fromArtefacts(tree)
  if (edges.length === 0) throw new UsageError(`${tree.source} has no ledger and no pact. Name what has some.`)
  return { source: tree.source, edges }
}

async function fromLedgers(tree: LedgerTree, files: readonly string[]): Promise<readonly LedgerEdge[]> {
  const all = await Promise.all(files.map(async (file) => ledgerEdges(file, await tree.read(file))))
  return all.flat()
}

function ledgerEdges(file: string, text: string): readonly LedgerEdge[] {
  const parsed = LedgerFile.safeParse(jsonOr(text, undefined))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UsageError(
      `${file} is no ledger: ${issue?.path.map(String).join('.')}: ${issue?.message}. Write it anew.`,
    )
  }
  return Object.entries(parsed.data.interactions).map(([edge, interactions]) => {
    const [consumer = '', provider = ''] = edge.split(' -> ')
    return {
      consumer,
      provider,
      interactions: interactions.map(({ description, interaction, replayed }) => ({
        description,
        digest: interaction,
        replays: replayed,
      })),
    }
  })
}

async function fromArtefacts(tree: LedgerTree): Promise<readonly LedgerEdge[]> {
  const documents = await Promise.all(tree.files.map(async (file) => jsonOr(await tree.read(file), undefined)))
  const results = documents.flatMap((document) => {
    const parsed = ResultFile.safeParse(document)
    return parsed.success ? [parsed.data] : []
  })
  return documents.filter(isPact).map((pact) => pactEdge(pact, results))
}

function pactEdge(pact: NamedPact, results: readonly ResultFile[]): LedgerEdge {
  const { name: consumer } = pact.consumer
  const { name: provider } = pact.provider
  const own = results.filter((result) => result.consumer === consumer && result.provider === provider)
  const interactions = interactionsOf(pact).map((interaction): LedgerInteraction => {
    const digest = promiseDigest(interaction)
    return { description: titleOf(interaction), digest, replays: own.flatMap((result) => replaysIn(result, digest)) }
  })
  return { consumer, provider, interactions }
}

function replaysIn({ target, providerVersion, at, interactions }: ResultFile, digest: string): readonly Replay[] {
  return interactions.flatMap((one) => (one.digest === digest ? [{ target, providerVersion, at, ok: one.ok }] : []))
}

type NamedPact = PactContent & Readonly<{ consumer: { name: string }; provider: { name: string } }>

function isPact(document: unknown): document is NamedPact {
  if (!isObject(document) || !('interactions' in document || 'messages' in document)) return false
  return [document['consumer'], document['provider']].every(
    (side) => isObject(side) && typeof side['name'] === 'string',
  )
}
