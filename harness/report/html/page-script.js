const root = document.documentElement
const stored = (() => {
  try {
    return localStorage
  } catch {
    return undefined
  }
})()
const theme = stored?.getItem('concordat-theme')
if (theme) root.dataset.theme = theme
document.querySelector('#theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
  stored?.setItem('concordat-theme', root.dataset.theme)
})
const folds = [...document.querySelectorAll('details')]
document.querySelector('#folds').addEventListener('click', () => {
  const open = !folds.every((fold) => fold.open)
  for (const fold of folds) fold.open = open
})
document.querySelector('#filter').addEventListener('input', ({ target }) => {
  const words = target.value.trim().toLowerCase()
  for (const row of document.querySelectorAll('tbody tr, .finding')) {
    row.classList.toggle('hidden', words !== '' && !row.textContent.toLowerCase().includes(words))
  }
  for (const fold of folds) {
    const rows = [...fold.querySelectorAll('tbody tr')]
    const own = fold.querySelector('summary').textContent.toLowerCase().includes(words)
    const found = words === '' || own || rows.some((row) => !row.classList.contains('hidden'))
    fold.classList.toggle('hidden', !found)
    if (words !== '' && own) for (const row of rows) row.classList.remove('hidden')
  }
})
