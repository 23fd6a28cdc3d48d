import { fromBinary, type Octets, utf8 } from '../../../octets.js'

const ENTRY =
  /\s*\["([A-Za-z0-9_ -]*)"\]\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([0-9]+)|true|false|nil)\s*(?:[;,]|(?=\}))/y
const ESCAPE = /\\(?:([0-9]{1,3})|x([0-9A-Fa-f]{2})|([\s\S]))/g
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
])

/**
 * The file of one account as Prosody writes it, `return { ["name"] = "value" or number; … };`. Strings are octets.
 * Undefined where it is not that.
 */
export function luaTable(text: string): ReadonlyMap<string, Octets | number> | undefined {
  const body = /^\s*return\s*\{([\s\S]*\})\s*(?:;\s*)?$/.exec(text)?.[1]
  if (body === undefined) return undefined
  const table = new Map<string, Octets | number>()
  ENTRY.lastIndex = 0
  let end = 0
  for (let entry = ENTRY.exec(body); entry; entry = ENTRY.exec(body)) {
    end = ENTRY.lastIndex
    const [, name, string, number] = entry
    if (table.has(name!)) return undefined
    if (string !== undefined) {
      const octets = luaString(string)
      if (!octets) return undefined
      table.set(name!, octets)
    } else if (number !== undefined) table.set(name!, Number(number))
  }
  return /^\s*\}$/.test(body.slice(end)) ? table : undefined
}

/** Escapes stand for octets, everything else for its UTF-8. */
function luaString(escaped: string): Octets | undefined {
  let octets = ''
  let at = 0
  const plain = (until: number) => {
    octets += String.fromCharCode(...utf8(escaped.slice(at, until)))
  }
  for (const { index, 0: whole, 1: decimal, 2: hexadecimal, 3: letter } of escaped.matchAll(ESCAPE)) {
    plain(index)
    at = index + whole.length
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined
    if ((code ?? 0) > 255) return undefined
    octets += code === undefined ? (LETTERS.get(letter!) ?? letter!) : String.fromCharCode(code)
  }
  plain(escaped.length)
  return fromBinary(octets)
}
