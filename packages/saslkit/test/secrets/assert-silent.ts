import assert from 'node:assert/strict'
import { printings } from './printings.js'
import { reach } from './reach.js'
import { FORMS } from './sentinels.js'

/** Without line breaks and spaces, nor the indices that JSON and inspect give to octets. */
const plainly = (printed: string): string => printed.replace(/"\d+":/g, '').replace(/\s+/g, '')

/** The octets as each character for itself, and as hexadecimal. */
const shown = (value: string | Uint8Array): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : [Buffer.from(value).toString('latin1'), Buffer.from(value).toString('hex')]

const SHORTEST = Math.min(...FORMS.map(({ length }) => length))

const formIn = (printed: string): string | undefined =>
  printed.length < SHORTEST ? undefined : FORMS.find((form) => printed.includes(form))

/** What was looked at already: objects print much alike. */
const clean = new Set<string>()

/**
 * No form of a secret is in anything that can be printed of the value, or be reached from it.
 *
 * @param others what else is not to be seen here, such as a stored hash.
 */
export function assertSilent(value: unknown, where: string, others: readonly string[] = []): void {
  for (const { path, value: reached } of reach(value, where))
    for (const text of shown(reached)) assertWithout(text, path, others)
  for (const [how, printed] of printings(value)) assertWithout(printed, `${where}, by ${how},`, others)
}

/** The same of a text, such as a log. */
export function assertWithout(text: string, where: string, others: readonly string[] = []): void {
  for (const other of others) assert.ok(!text.includes(other), `${where} shows ${other}`)
  if (text.length < SHORTEST || clean.has(text)) return
  const plain = plainly(text)
  const form = formIn(text) ?? (plain === text ? undefined : formIn(plain))
  if (form === undefined) {
    clean.add(text)
    return
  }
  const at = plain.indexOf(form)
  assert.fail(`${where} shows ${form}: ${plain.slice(Math.max(0, at - 120), at + 120)}`)
}
