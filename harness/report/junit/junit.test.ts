import { execFileSync } from 'node:child_process'
import { wellDone } from '#harness/gate/testing/evidence.ts'
import type { Report } from '../data/report.ts'
import { allWrong, reportOf } from '../testing/example-report.ts'
import { junitXml } from './junit.ts'

type Element = Readonly<{
  tag: string
  attributes: Readonly<Record<string, string>>
  text: string | null
  children: readonly Element[]
}>

const reader = `
import json, sys, xml.etree.ElementTree as tree
def read(node):
    return {'tag': node.tag, 'attributes': node.attrib, 'text': node.text, 'children': [read(child) for child in node]}
print(json.dumps(read(tree.fromstring(sys.stdin.buffer.read()))))
`

/** Read by a parser of XML that is not ours. */
function parsed(report: Report): Element {
  return JSON.parse(execFileSync('python3', ['-c', reader], { input: junitXml(report), encoding: 'utf8' })) as Element
}

/** Elements and attributes of jenkins-junit.xsd, as far as they are used here: required ones with "!". */
const schema: Readonly<Record<string, readonly [attributes: readonly string[], children: readonly string[]]>> = {
  testsuites: [['name', 'time', 'tests', 'failures', 'disabled', 'errors'], ['testsuite']],
  testsuite: [
    ['name!', 'tests!', 'failures', 'errors', 'time', 'disabled', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
    ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  ],
  testcase: [
    ['name!', 'assertions', 'time', 'classname', 'status'],
    ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  ],
  failure: [['type', 'message'], []],
}

function violations({ tag, attributes, children }: Element): readonly string[] {
  const [names = [], inside = []] = schema[tag] ?? []
  const known = names.map((name) => name.replace('!', ''))
  return [
    ...(schema[tag] ? [] : [`${tag} is no element`]),
    ...Object.keys(attributes).flatMap((name) => (known.includes(name) ? [] : [`${tag} has ${name}`])),
    ...names.flatMap((name) =>
      name.endsWith('!') && !(name.slice(0, -1) in attributes) ? [`${tag} lacks ${name}`] : [],
    ),
    ...children.flatMap((child) => [
      ...(inside.includes(child.tag) ? [] : [`${tag} holds ${child.tag}`]),
      ...violations(child),
    ]),
  ]
}

function cases(report: Report): readonly string[] {
  return parsed(report).children.flatMap(({ attributes, children }) =>
    children.map(
      (one) => `${attributes['name']}: ${one.attributes['name']}${one.children.length > 0 ? ' FAILED' : ''}`,
    ),
  )
}

test('there is a suite for each edge and target, with a case for each interaction', async () => {
  expect(cases(await reportOf())).toEqual([
    'shop: page -> catalogue on live: lists books',
    'shop: page -> catalogue on live: reads a book',
    'shop: page -> catalogue on mock: lists books',
    'shop: page -> catalogue on mock: reads a book',
    'shop: scenarios on live: buys a book',
    'shop: page -> catalogue survives: reads a book: connection reset, twice',
    'shop: drifts of page -> catalogue on live: C8 getBook: a field is dropped',
    'shop: drifts of page -> catalogue on live: harmless: an extra field',
    'gate: verdict',
  ])
})

test('what differs, was not replayed, failed, was lost, missed or raised an alarm is a failure, each once', async () => {
  const failed = cases(await reportOf(allWrong('so'))).filter((name) => name.endsWith('FAILED'))
  expect(failed).toEqual([
    'shop: page -> catalogue on live: reads a book FAILED',
    'shop: page -> catalogue on mock: reads a book FAILED',
    'shop: scenarios on live: buys so FAILED',
    'shop: page -> catalogue survives: reads a book: so FAILED',
    'shop: drifts of page -> catalogue on live: C8 so FAILED',
    'shop: drifts of page -> catalogue on live: harmless: so FAILED',
    'gate: verdict FAILED',
    expect.stringMatching(/^gate: test-failed: .* FAILED$/),
    expect.stringMatching(/^gate: test-failed: .* FAILED$/),
    expect.stringMatching(/^gate: test-failed: .* FAILED$/),
  ])
})

test('it is valid by the schema of Jenkins, and adds up, whatever tests say', async () => {
  const root = parsed(await reportOf(allWrong('<b attr="x">]]>&\u0000\u001B[31m\nnext line')))
  expect(violations(root)).toEqual([])
  const sum = (name: string): number =>
    root.children.reduce((total, suite) => total + Number(suite.attributes[name]), 0)
  expect({ tests: String(sum('tests')), failures: String(sum('failures')) }).toEqual({
    tests: root.attributes['tests'],
    failures: root.attributes['failures'],
  })
})

test('where nothing is verified there is a failure too', async () => {
  const nothing = await reportOf({ ...wellDone, edges: [], results: [] })
  expect(nothing.verdict).toBe('nothing verified')
  expect(cases(nothing)).toEqual(['gate: verdict FAILED'])
})
