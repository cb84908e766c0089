import { z } from 'zod'
import { errorShape, type ErrorShape } from './error-shape.ts'

/** An error shape that a contract may take as its own: also for unknown routes, malformed JSON, oversized bodies and limits. */
export const Problem = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
    timestamp: z.iso.datetime(),
  }),
})

/** How failures become a `Problem`, and how a client reads one. */
export const problem: ErrorShape<typeof Problem> = errorShape(Problem, {
  body: ({ code, message, details, requestId }) => ({
    error: {
      code,
      message,
      ...(details && { details: [...details] }),
      request_id: requestId,
      timestamp: new Date().toISOString(),
    },
  }),
  read: ({ error }) => error,
})
