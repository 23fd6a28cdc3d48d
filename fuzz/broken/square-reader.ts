import type { Readable } from '../row.ts'

/** Looks at what came before, wherever it finds a word: only texts of such words show it. */
export const squareReader = (word: string): Readable => ({
  seeds: ['n,,n=user,r=nonce'],
  pieces: [],
  read(text) {
    let earlier = 0
    const found = text.split(word).length - 1
    for (let at = 0; at < found; at++) for (let before = 0; before < at; before++) earlier++
    return earlier
  },
})
