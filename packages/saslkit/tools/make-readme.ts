/** Makes the README that is published, before the package is packed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { publishedReadme } from './published-readme.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const { repository } = JSON.parse(read('../package.json')) as {
  readonly repository?: { readonly url: string }
}
writeFileSync(
  new URL('../README.md', import.meta.url),
  publishedReadme(read('../../../README.md'), repository?.url),
)
