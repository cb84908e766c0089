import { markup, type Markup } from '../../html/markup.ts'
import { chip, fold, note } from '../../html/pieces.ts'
import { mdTable, plain } from '../../markdown/md.ts'
import { section, type Sources } from '../section.ts'
import { Scenarios, type ScenarioData, type TellingData } from './data.ts'
import { sequenceDiagram } from './sequence.ts'

/** The stories, each with what went over the edges wherever it was told. */
export const scenarios = section({
  title: 'Scenarios',
  data: Scenarios,
  collect: collectScenarios,
  html: (told) => (told.length === 0 ? undefined : markup`${told.map(storyHtml)}`),
  markdown: failedMarkdown,
})

function collectScenarios({ evidence: { results } }: Sources): ScenarioData[] {
  const told = results.filter((result) => result.kind === 'scenario')
  return [...Map.groupBy(told, ({ system, story }) => `${system}\n${story}`).values()]
    .map((tellings) => ({
      system: tellings[0]?.system ?? '',
      story: tellings[0]?.story ?? '',
      tellings: tellings
        .map(({ target, passed, milliseconds, traffic }) => ({
          target,
          passed,
          ...(milliseconds !== undefined && { milliseconds }),
          ...(traffic && { traffic: { exchanges: [...traffic.exchanges], left: traffic.left } }),
        }))
        .toSorted((a, b) => a.target.localeCompare(b.target)),
    }))
    .toSorted((a, b) => a.system.localeCompare(b.system) || a.story.localeCompare(b.story))
}

function storyHtml({ system, story, tellings }: ScenarioData): Markup {
  const failed = tellings.some(({ passed }) => !passed)
  const chips = tellings.map(({ target, passed }) => chip(passed ? 'good' : 'bad', target))
  return fold(markup`<b>${system}</b> ${story} ${chips}`, tellings.map(tellingHtml), { open: failed })
}

function tellingHtml({ target, passed, milliseconds, traffic }: TellingData): Markup {
  const time = milliseconds === undefined ? '' : `, ${(milliseconds / 1000).toFixed(1)} s`
  const head = markup`<h4>${target}: ${passed ? 'passed' : 'failed'}${time}</h4>`
  if (!traffic) return markup`${head}${note('Nothing is tapped here: its mocks have no ports.')}`
  if (traffic.exchanges.length === 0) return markup`${head}${note('Nothing went over an edge.')}`
  return markup`${head}${sequenceDiagram(traffic.exchanges)}${traffic.left > 0 && note(`… and ${traffic.left} more.`)}`
}

function failedMarkdown(told: readonly ScenarioData[]): string | undefined {
  const failed = told.flatMap(({ story, tellings }) =>
    tellings.flatMap(({ target, passed }) => (passed ? [] : [[plain(story), plain(target)]])),
  )
  return failed.length === 0 ? undefined : mdTable(['scenario that failed', 'told on'], failed)
}
