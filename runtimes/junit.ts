import type { Outcome } from './outcome.ts'

const ATTRIBUTES = String.raw`(?:\s+[\w:-]+="[^"]*")*\s*`
const TEST = new RegExp(String.raw`<testcase(${ATTRIBUTES})(?:/>|>([\s\S]*?)</testcase>)`, 'g')
const CHILD = new RegExp(`<(failure|error|skipped)(${ATTRIBUTES})/?>`)

/** Node 20 escapes twice what stands in a name. */
const unescaped = (text: string): string => {
  const once = text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
  return once === text ? text : unescaped(once)
}

const attribute = (attributes: string, name: string): string | undefined => {
  const [, value] = new RegExp(String.raw`\s${name}="([^"]*)"`).exec(attributes) ?? []
  return value === undefined ? undefined : unescaped(value)
}

/** Reads what the test runners of Node, Bun and Deno write as JUnit's XML. */
export function outcomesOfJunit(xml: string): Outcome[] {
  const found = Array.from(xml.matchAll(TEST), ([, attributes = '', content = '']): Outcome => {
    const test = attribute(attributes, 'name') ?? ''
    const [, kind, details = ''] = CHILD.exec(content) ?? []
    if (!kind) return { test, result: 'passed' }
    return { test, result: kind === 'skipped' ? 'skipped' : 'failed', message: attribute(details, 'message') }
  })
  // Deno counts what describe stands around, too, and puts its name before those of the tests.
  const groups = new Set(found.flatMap(({ test }) => prefixesOf(test)))
  return found.filter(({ test }) => !groups.has(test))
}

const prefixesOf = (test: string): string[] => {
  const parts = test.split(' > ')
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join(' > '))
}
