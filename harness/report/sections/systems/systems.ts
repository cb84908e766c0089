import { markup } from '../../html/markup.ts'
import { section } from '../section.ts'
import { collectSystems } from './collect.ts'
import { SystemGraphs, type SystemGraph } from './data.ts'
import { systemGraph } from './graph.ts'
import { mermaid } from './mermaid.ts'

/** The systems: components and edges, and how far these were verified. */
export const systems = section({
  title: 'Systems',
  data: SystemGraphs,
  collect: collectSystems,
  html: (graphs: readonly SystemGraph[]) =>
    markup`${graphs.map((graph) => markup`<h3>${graph.name}</h3>${systemGraph(graph)}`)}<p class="key"><span class="verified">verified on live and mock</span><span class="differs">differs</span><span class="unverified">not verified</span><span class="passes-on">passes on</span></p>`,
  markdown: (graphs: readonly SystemGraph[]) => graphs.map(mermaid).join('\n\n'),
})
