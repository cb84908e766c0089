/** One change of what a contract means, and whom it can break. */
export type ContractChange = Readonly<{
  system: string
  component: string
  operation: string | undefined
  /** Where, in words that stay the same: `reply 201 body.title`. */
  place: string
  /** What, in words: `may be null now`. */
  what: string
  breaks: Breaks
  /** A consumer that takes what comes may well go on: an error that it does not know, a message of another name. */
  isMild: boolean
}>

/** Whom a change breaks, by what consumers' pacts say that they use. */
export type Breaks =
  | Readonly<{ kind: 'nobody' }>
  /** Who calls the operation; for a stream, who follows it. */
  | Readonly<{ kind: 'callers' }>
  | Readonly<{ kind: 'followers' }>
  /** Who sends, or reads, a field or what is in it; and who sends what it belongs to without it. */
  | Readonly<{ kind: 'senders' | 'readers' | 'without'; part: string; path: readonly string[] }>
  /** Who sends a body of a media type. */
  | Readonly<{ kind: 'media'; mediaType: string }>
  /** Who knows a reply of this status. */
  | Readonly<{ kind: 'status'; status: string }>
  /** Who proves who it is in a way, or in no way. */
  | Readonly<{ kind: 'credential'; way: string | undefined }>
  /** Whose pact needs a state. */
  | Readonly<{ kind: 'state'; name: string }>

/** `backend.createConversation reply 201 body.title`: by which a change is called where it is accepted. */
export function changeId({ component, operation, place }: ContractChange): string {
  return [[component, operation].filter(Boolean).join('.'), place].filter(Boolean).join(' ')
}

/** `body.data[].title`: a place in words. */
export function placeWords(part: string, path: readonly string[]): string {
  return path.reduce((text, step) => (step === '[]' ? `${text}[]` : `${text}.${step}`), part)
}
