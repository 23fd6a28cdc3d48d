/** Just enough SVG: elements as text, a page that suits light and dark, lines through points. */
import { KINDS, type Kind } from './row.ts'

export const text = (
  x: number,
  y: number,
  words: string,
  { anchor = 'start', css = '' }: { anchor?: 'start' | 'middle' | 'end'; css?: string } = {},
): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${css && ` class="${css}"`}>${escaped(words)}</text>`

export const line = (x1: number, y1: number, x2: number, y2: number, css: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${css}"/>`

export const curve = (points: readonly (readonly [x: number, y: number])[], css: string): string =>
  `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" class="${css}"/>`

export const dot = (x: number, y: number, css: string): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="3.2" class="${css}"/>`

export const bar = (x: number, y: number, width: number, height: number, css: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" class="${css}"/>`

/** The class of a kind: its colour, and how its line is broken, for those who do not see the colour. */
export const classOf = (kind: Kind): string => `k${KINDS.indexOf(kind)}`

/** Okabe and Ito's colours, which most people can tell apart; lighter ones on dark ground. */
const LIGHT = ['#0072b2', '#6b7280', '#d55e00', '#9a3d7f', '#008a62']
const DARK = ['#56b4e9', '#9aa3af', '#f0883e', '#e29fc9', '#2fd0a0']
const DASHES = ['none', '2 3', '8 3', '5 2 1.5 2', '10 2 2 2 2 2']

const colours = (list: readonly string[]): string =>
  list.map((colour, at) => `.k${at}{stroke:${colour}}circle.k${at}{fill:${colour}}`).join('')

const STYLE = `
text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.title{font-weight:600}.small{font-size:11px;fill:#59636e}
.ground{fill:#ffffff}.axis{stroke:#8c959f}.grid{stroke:#e3e6ea}
polyline,.mark{fill:none;stroke-width:1.8;stroke-linejoin:round}
${DASHES.map((dash, at) => `polyline.k${at},.mark.k${at}{stroke-dasharray:${dash}}`).join('')}
.whisker{stroke-width:1.6}
${colours(LIGHT)}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.ground{fill:#0d1117}.axis{stroke:#6e7681}
.grid{stroke:#262c34}${colours(DARK)}}`

/** @param style more of it, of a picture's own. */
export function page(
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
  style = '',
): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`
  return [
    `${head}>`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}${style}</style>`,
    `<rect width="${width}" height="${height}" class="ground"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

const round = (value: number): string => String(Math.round(value * 10) / 10)

const escaped = (words: string): string =>
  words.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
