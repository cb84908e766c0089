/** What the recorded examples speak of. */
export const jobId = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
export const otherJobId = '6e2a1d7f-3c4b-4d5e-9f60-718293a4b5c6'
export const todoId = '7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7'
export const otherTodoId = '804c3f91-5e6d-4f70-9b82-93a4b5c6d7e8'
export const claimId = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
export const otherClaimId = 'a26e51b3-708f-4192-9da4-b5c6d7e8f90a'
export const unknownId = '00000000-0000-4000-8000-000000000000'

export const time = '2026-01-02T03:04:05.678Z'

export const repository = { owner: 'koii', name: 'docs' } as const
export const pullRequestUrl = 'https://github.com/koii/docs/pull/7'
export const otherPullRequestUrl = 'https://github.com/koii/docs/pull/8'
export const githubUsername = 'prometheus-node'
/** A refusal in the envelope of this system. */
export function refused<C>(code: C, message: string): { error: { code: C; message: string } } {
  return { error: { code, message } }
}
