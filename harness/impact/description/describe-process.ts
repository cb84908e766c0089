import { writeFile } from 'node:fs/promises'
import { describeProject } from './describe.ts'

/** Describes the project that CONCORDAT_ROOT names, into a file: contracts may print what they like. */
const [, , file = ''] = process.argv
await writeFile(file, JSON.stringify(await describeProject()))
