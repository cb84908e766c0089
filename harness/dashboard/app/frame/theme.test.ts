import { storedTheme, storeTheme } from './theme.ts'

test('the colours that were chosen are found again, and those of the system where none were', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  expect(storedTheme(storage)).toBe('system')
  storeTheme(storage, 'dark')
  expect(storedTheme(storage)).toBe('dark')
  expect(storedTheme({ getItem: () => 'purple' })).toBe('system')
})
