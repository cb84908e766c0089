import type { App } from '../app.ts'
import { buildPages, type BuiltPages } from './built-pages.ts'
import type { BrowserKind } from './stage.ts'
import { openTheatre, type Theatre } from './theatre.ts'

/** Theatres of several kinds, to be used one after another. */
export type Theatres = AsyncDisposable & Readonly<{ open: (kind: BrowserKind) => Promise<Theatre> }>

/** While stories are told in one theatre the next one is opened. Those whose pages are the same share them. */
export function theatresOf(app: App, kinds: readonly BrowserKind[]): Theatres {
  let pages: Promise<BuiltPages> | undefined
  const opening = new Map<BrowserKind, Promise<Theatre>>()
  function begin(kind: BrowserKind): Promise<Theatre> {
    const theatre = opening.get(kind) ?? openTheatre(app, kind, () => (pages ??= buildPages(app, 'without mocks')))
    // What goes wrong is told to whoever asks for it.
    theatre.catch(() => undefined)
    opening.set(kind, theatre)
    return theatre
  }
  return {
    async open(kind) {
      const theatre = await begin(kind)
      const next = kinds[kinds.indexOf(kind) + 1]
      if (next !== undefined) void begin(next)
      return theatre
    },
    async [Symbol.asyncDispose]() {
      const begun = [...opening.values(), ...(pages ? [pages] : [])]
      for (const result of await Promise.allSettled(begun))
        if (result.status === 'fulfilled') await result.value[Symbol.asyncDispose]()
    },
  }
}
