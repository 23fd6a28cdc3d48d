import type { LineContext, LineProfile } from '../../profiles/line-profile.js'
import { expect } from '../mechanism/expect.js'
import type { RegisterTest } from '../mechanism/under-test.js'

/** A profile of your own, as `testProfile` is to prove it. */
export interface ProfileUnderTest {
  readonly test: RegisterTest
  readonly profile: LineProfile
}

export const CONTEXT: LineContext = { tag: 'a1', hostname: 'mail.example.org' }

/** The lines of what was written, each of which must have been ended by CRLF and hold no other control. */
export function linesOf(written: string): string[] {
  expect(written.endsWith('\r\n'), `${JSON.stringify(written)} does not end in CRLF`)
  const lines = written.slice(0, -2).split('\r\n')
  for (const line of lines)
    expect(/^[\x20-\x7e]*$/.test(line), `${JSON.stringify(line)} is not printable ASCII`)
  return lines
}

export function lineOf(written: string): string {
  const [line, ...more] = linesOf(written)
  expect(line !== undefined && more.length === 0, `${JSON.stringify(written)} is not one line`)
  return line
}
