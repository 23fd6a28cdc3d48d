import { type Awaitable, isPromise } from '../awaitable.js'
import { type NamePreparation, prepareName } from '../strings/prepare.js'

/** Undefined for a name that no account can have. */
export function preparedName(name: string, rule: NamePreparation): Awaitable<string | undefined> {
  try {
    const prepared = prepareName(name, rule, 'query')
    return isPromise(prepared) ? prepared.then(undefined, none) : prepared
  } catch (error) {
    return none(error)
  }
}

function none(error: unknown): undefined {
  if (!(error instanceof RangeError)) throw error // else a PreparationError
}
