import { useEffect, useState, type ReactNode } from 'react'
import { storedTheme, storeTheme, themes, type Theme } from './theme.ts'

/** Light, dark, or as the browser is set. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState<Theme>(() => storedTheme(localStorage))
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    storeTheme(localStorage, theme)
  }, [theme])
  return (
    <select aria-label="Colours" value={theme} onChange={({ target }) => setTheme(target.value as Theme)}>
      {themes.map((name) => (
        <option key={name} value={name}>
          {name === 'system' ? 'system colours' : name}
        </option>
      ))}
    </select>
  )
}
