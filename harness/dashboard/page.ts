import { buildPage, findBuiltPage } from './serving/built-page.ts'
import { pageFiles } from './serving/page-files.ts'
import { failedPage, waitingFile, waitingPage } from './serving/waiting-page.ts'

/** Answers requests for the page; undefined for what is none of its files. */
export type Page = (request: Request) => Promise<Response | undefined>

/** Where the page is, and how it comes there. */
export type PageSource = Readonly<{ find: () => string | undefined; build: () => Promise<string> }>

type Files = ReturnType<typeof pageFiles>

type Stand =
  | Readonly<{ kind: 'unknown' }>
  | Readonly<{ kind: 'building' }>
  | Readonly<{ kind: 'built'; files: Files }>
  | Readonly<{ kind: 'failed'; error: unknown }>

/**
 * Serves the built dashboard. Where it is not built, or from other sources than there are, the first request builds it, and
 * a page says so until it is. After a failure the next request of the page tries again.
 */
export function dashboardPage(source: PageSource = { find: findBuiltPage, build: buildPage }): Page {
  let stand: Stand = { kind: 'unknown' }
  function find(): Stand {
    const folder = source.find()
    if (folder !== undefined) return { kind: 'built', files: pageFiles(folder) }
    source.build().then(
      (built) => (stand = { kind: 'built', files: pageFiles(built) }),
      (error: unknown) => (stand = { kind: 'failed', error }),
    )
    return { kind: 'building' }
  }
  return async (request) => {
    if (stand.kind === 'unknown') stand = find()
    const told = stand
    const { pathname } = new URL(request.url)
    // What waited asks for its own files even when all is built meanwhile.
    if (told.kind === 'built') return told.files(request) ?? waitingFile(pathname)
    if (pathname !== '/' && pathname !== '/index.html') return waitingFile(pathname)
    if (told.kind !== 'failed') return waitingPage()
    stand = { kind: 'unknown' }
    return failedPage(told.error)
  }
}
