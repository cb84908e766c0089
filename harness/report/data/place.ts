import { z } from 'zod'

/** A line of a source file. */
export const PlaceData = z.object({
  file: z.string().describe("Relative to the project's folder."),
  line: z.int().min(1),
})
