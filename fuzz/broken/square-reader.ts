import type { Readable } from '../row.ts'

/** Looks at what came before, for each tilde: only texts of tildes show it. */
export const squareReader: Readable = {
  seeds: ['n,,n=user,r=nonce'],
  pieces: [],
  read(text) {
    let earlier = 0
    for (let at = 0; at < text.length; at++)
      if (text[at] === '~') for (let before = 0; before < at; before++) earlier++
    return earlier
  },
}
