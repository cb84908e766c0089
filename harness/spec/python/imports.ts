import { imported } from './names.ts'
import { bracketed } from './text.ts'

/** The import lines that a module's text needs, the standard library first. */
export function importLines(text: string, models: readonly string[]): readonly string[] {
  const all = Object.entries(imported).map(
    ([module, names]) => [module, names.filter((name) => isUsed(name, text))] as const,
  )
  const own = models.length > 0 ? [['.models', models] as const] : []
  const standard = all.filter(([module]) => !module.startsWith('.')).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const relative = [...own, ...all.filter(([module]) => module.startsWith('.'))]
  return [
    'from __future__ import annotations',
    ...[standard, relative].flatMap((group) => {
      const lines = group.flatMap(([module, names]) => (names.length > 0 ? importLine(module, names) : []))
      return lines.length > 0 ? ['', ...lines] : []
    }),
  ]
}

function isUsed(name: string, text: string): boolean {
  return new RegExp(`\\b${name.split(' ').at(-1)}\\b`).test(text)
}

function importLine(module: string, names: readonly string[]): readonly string[] {
  const start = `from ${module} import `
  const lines = bracketed([start, ''], names)
  return lines.length === 1 ? lines : [`${start}(`, ...lines.slice(1, -1), ')']
}
