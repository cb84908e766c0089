import type { AnyCallInput } from '#harness/contract/call.ts'
import type { AnyInteraction } from '#harness/pact/record/interaction.ts'
import { call, object, raw, render, textCode, valueCode, type Code } from './code.ts'
import type { DraftInteraction } from './draft-interaction.ts'
import { runLines } from './run-code.ts'

/** What the code of a draft is called and calls. */
export type DraftNames = Readonly<{
  /** The variable of the recorder, and the export of the contract. */
  recorder: string
  contract: string
}>

/** The code of one `records(…)`. */
export function recordCode(draft: DraftInteraction, description: string, names: DraftNames): string {
  const { notes, mistakes } = draft
  const comments = [
    ...notes,
    ...mistakes.map((mistake) => `The contract refuses this: ${mistake}. Correct it.`),
    ...stateNotes(draft),
  ]
  const interaction = render(interactionCode(draft, names), '  ', { after: ',' })
  return [
    ...comments.flatMap((comment) => wrapped(comment)),
    `${names.recorder}.records(`,
    `  ${textCode(description)},`,
    `  ${interaction},`,
    '  async (api) => {',
    ...runLines(draft, inputCode(draft)).map((line) => (line === '' ? '' : `    ${line}`)),
    '  },',
    ')',
  ].join('\n')
}

function stateNotes({ given, operation }: DraftInteraction): readonly string[] {
  if (given.choice.length > 0) return ['Nobody set up a state that gives the credential of this call: choose one.']
  if (given.states.length > 0) return ['These states were set up before it: keep those that it needs.']
  return operation.path.includes('{') || operation.spec.auth
    ? ['No state was set up before it: add what has to be so.']
    : []
}

function interactionCode(draft: DraftInteraction, { contract }: DraftNames): Code {
  const { given, interaction, name } = draft
  const states = [
    ...given.states.map((use) => stateCode(contract, use)),
    ...(given.choice.length > 0 ? [call('stateToChoose', ...given.choice.map((state) => raw(textCode(state))))] : []),
  ]
  const input = inputCode(draft)
  const code = object({
    ...(states.length > 0 && { given: { kind: 'list', items: states } }),
    call: call(`${contract}.${name}`, ...(input ? [input] : [])),
    ...(interaction.credential !== undefined && { credential: valueCode(interaction.credential) }),
    ...answerCode(interaction),
  })
  return code
}

function stateCode(contract: string, { name, params }: NonNullable<AnyInteraction['given']>[number]): Code {
  const given = Object.keys(params).length > 0 ? [valueCode(params)] : []
  return call(`${contract}.states.${name}`, ...given)
}

function answerCode({ reply, events, conversation, refused }: AnyInteraction): Readonly<Record<string, Code>> {
  return {
    ...(reply && { reply: valueCode(reply) }),
    ...(events && { events: valueCode(events) }),
    ...(conversation && { conversation: valueCode(conversation) }),
    ...(refused !== undefined && { refused: valueCode(refused) }),
  }
}

/** What a call sends as code; parts that a compiler would refuse are cast. Undefined where it sends nothing. */
function inputCode({ sent: { input, mistyped } }: DraftInteraction): Code | undefined {
  const parts = Object.entries(input) as [keyof AnyCallInput, unknown][]
  if (parts.length === 0) return undefined
  return object(
    Object.fromEntries(parts.map(([part, value]) => [part, cast(valueCode(value), mistyped.includes(part))])),
  )
}

function cast(code: Code, isMistyped: boolean): Code {
  if (!isMistyped) return code
  return code.kind === 'object' ? { ...code, suffix: ' as never' } : raw(`${render(code, '')} as never`)
}

const commentWidth = 117

/** A comment, broken where it gets too long. */
function wrapped(comment: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of comment.replaceAll(/\s+/g, ' ').split(' ')) {
    if (line !== '' && line.length + word.length + 1 > commentWidth) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((text) => `// ${text}`)
}
