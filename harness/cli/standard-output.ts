const write = process.stdout.write.bind(process.stdout)

/** Writes to standard output, also where a command keeps that for itself and everybody else's output goes elsewhere. */
export function toStandardOutput(text: string): void {
  write(text)
}
