import type { z } from 'zod'
import type { Pagination } from '#harness/contract/page.ts'

/** Which page; numbered from 1. */
export type At = Readonly<{ page: number; per_page: number }>

/** The items of a page, and how many there are on all pages. */
export type Slice<Item> = Readonly<{ items: readonly Item[]; total: number }>

/** A page as the contract has it. */
export function pageOf<Item>(
  { items, total }: Slice<Item>,
  { page, per_page }: At,
): { data: Item[]; pagination: z.output<typeof Pagination> } {
  return {
    data: [...items],
    pagination: { page, per_page, total_items: total, total_pages: Math.ceil(total / per_page) },
  }
}
