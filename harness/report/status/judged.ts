/** A judgement and what it is drawn from. */
export type Judged<T> = Readonly<{ value: T; because: string }>
