import type { z } from 'zod'
import type * as shapes from './shapes.ts'

/** What the control API tells, as types: see shapes.ts. */
export type StackView = z.output<typeof shapes.Stack>
export type ComponentView = z.output<typeof shapes.Component>
export type EdgeView = z.output<typeof shapes.Edge>
export type Match = z.output<typeof shapes.Match>
export type ExchangeSummary = z.output<typeof shapes.ExchangeSummary>
export type ExchangeDetail = z.output<typeof shapes.ExchangeDetail>
export type ShownBody = z.output<typeof shapes.ShownBody>
export type EdgeCoverage = z.output<typeof shapes.EdgeCoverage>
export type Notice = z.output<typeof shapes.Notice>
