import type { ScramCredentials, ScramShape } from '../directory.js'
import { mostCommon } from './most-common.js'

/** What most keys look like. Whoever looks otherwise shows that they exist; so let it be the fewest. */
export const usualShape = (keys: readonly ScramCredentials[]): ScramShape | undefined =>
  mostCommon(
    keys.map(({ iterations, salt }) => ({ iterations, saltLength: salt.length })),
    ({ iterations, saltLength }) => `${iterations} ${saltLength}`,
  )
