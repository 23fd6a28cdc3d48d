import { PreparationError } from '../strings/preparation-error.js'
import { preparePassword } from '../strings/prepare.js'

/** A password as a rule has it; as it is, where the rule refuses it. */
export interface PreparedOrRefused {
  readonly text: string
  readonly refused: boolean
}

/** @throws what `preparePassword` throws, except that a password is refused. */
export async function preparedOrRefused(
  password: string,
  ...rest: PreparationArguments
): Promise<PreparedOrRefused> {
  try {
    return { text: await preparePassword(password, ...rest), refused: false }
  } catch (error) {
    if (error instanceof PreparationError) return { text: password, refused: true }
    throw error
  }
}

type PreparationArguments = Parameters<typeof preparePassword> extends [string, ...infer Rest] ? Rest : never
