/**
 * A `describe` for what a machine may lack. With a reason it is skipped, and says why in its name and on stderr.
 * @param lack why the tests cannot run here; undefined when they can
 */
export function describeWhen(lack: string | undefined, name: string, body: () => void): void {
  if (lack === undefined) return describe(name, body)
  process.stderr.write(`Skipped "${name}": ${lack}.\n`)
  // oxlint-disable-next-line jest/no-disabled-tests -- the reason is printed
  describe.skip(`${name} (skipped: ${lack})`, body)
}
