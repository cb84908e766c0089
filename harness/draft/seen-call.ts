import type { z } from 'zod'
import { ExchangeDetail, Stack } from '#harness/control/shapes.ts'

/**
 * A call that was seen on an edge, as the control API tells of it (`GET /api/exchanges/{id}`), with the states that were
 * set up before it, where they are known.
 */
export const SeenCall = ExchangeDetail.extend({ established: Stack.shape.established.default([]) })

export type SeenCall = z.output<typeof SeenCall>
