import { watch } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds in which changes count as one: an editor writes a file in several steps. */
const togetherMs = 40

/** Calls back with the files under some folders that were changed, one call after the other. */
export function watchFiles(
  folders: readonly string[],
  onChange: (files: ReadonlySet<string>) => Promise<void>,
): Disposable {
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let working = Promise.resolve()
  function note(file: string): void {
    changed.add(file)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const files = new Set(changed)
      changed.clear()
      working = working.then(() => onChange(files))
    }, togetherMs)
  }
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => void (name !== null && note(join(folder, name)))),
  )
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
