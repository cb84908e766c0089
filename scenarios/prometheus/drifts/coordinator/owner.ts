import type { Drift } from '#harness/drift/drift.ts'
import { ownerAnswers } from './owner-answers.ts'
import { ownerRules } from './owner-rules.ts'

/** What a coordinator may do to owners. */
export const owner: readonly Drift[] = [...ownerAnswers, ...ownerRules]
