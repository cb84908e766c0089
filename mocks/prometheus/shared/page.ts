import type { z } from 'zod'
import type { Pagination } from '#harness/contract/page.ts'

type At = Readonly<{ page: number; per_page: number }>

/** One page of a list, and where in the list it is. Pages are numbered from 1; those after the last are empty. */
export function pageOf<T>(
  items: readonly T[],
  { page, per_page }: At,
): { data: T[]; pagination: z.input<typeof Pagination> } {
  return {
    data: items.slice((page - 1) * per_page, page * per_page),
    pagination: { page, per_page, total_items: items.length, total_pages: Math.ceil(items.length / per_page) },
  }
}
