let run = 0
let drawn = 0

/** Starts the nonces of a run. */
export function resetNonces(of: number): void {
  run = of
  drawn = 0
}

/** Never the same twice in a run, the same each time that the run is played again. */
export const nextNonce = (): string => `fyko+d2lbbFg/${run.toString(36)}.${(drawn++).toString(36)}`
