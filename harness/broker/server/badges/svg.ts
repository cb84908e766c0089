/** What a badge says. */
export type Badge = Readonly<{ label: string; status: string; colour: BadgeColour }>
export type BadgeColour = 'green' | 'red' | 'orange' | 'grey'

const colours: Readonly<Record<BadgeColour, string>> = {
  green: '#2e7d32',
  red: '#c62828',
  orange: '#b45309',
  grey: '#5f6368',
}
const padding = 12
const height = 20

/** Draws a badge: nothing in it is fetched from anywhere. Dark enough for white text to be read (WCAG 2.2, 1.4.3). */
export function badgeSvg({ label, status, colour }: Badge): string {
  const [left, right] = [widthOf(label), widthOf(status)]
  const text = (words: string, x: number): string =>
    `<text x="${x}" y="14" fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">${escape(words)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${height}" role="img" aria-label="${escape(`${label}: ${status}`)}">`,
    `<title>${escape(`${label}: ${status}`)}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="${height}" rx="3"/></clipPath><g clip-path="url(#r)">`,
    `<rect width="${left}" height="${height}" fill="#444"/><rect x="${left}" width="${right}" height="${height}" fill="${colours[colour]}"/></g>`,
    text(label, left / 2),
    text(status, left + right / 2),
    '</svg>',
  ].join('')
}

/** About as wide as 11 px Verdana. */
function widthOf(text: string): number {
  const units = Array.from(text).reduce(
    (sum, letter) => sum + (/[iljtfrI.,:;|!' ()/-]/.test(letter) ? 4.4 : /[mwMW]/.test(letter) ? 10.5 : 7),
    0,
  )
  return Math.ceil(units + padding)
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
