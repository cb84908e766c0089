import { z } from 'zod'

/** Where in a list a page is: `page` counts from 1. */
export const Pagination = z.object({
  page: z.int().min(1),
  per_page: z.int().min(1).max(100),
  total_items: z.int().min(0),
  total_pages: z.int().min(0),
})
