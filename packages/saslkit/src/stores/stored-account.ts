import type { StoredCredential } from '../credentials/stored-credential.js'
import type { Refusal } from '../directory.js'

/** A stored credential, or its text. */
export type Kept = string | StoredCredential

/** An account as a store has it. */
export interface StoredAccount {
  /** The canonical name: the identity that a login ends in. As the store has it, whatever was asked for. */
  readonly name: string
  /**
   * What passwords are checked by, the current one first: SCRAM and CRAM-MD5 take the first that serves them, PLAIN and
   * LOGIN try all. A list within the list holds what was made of one password, of which checking one is enough.
   */
  readonly credentials: readonly (Kept | readonly Kept[])[]
  /**
   * Why the account may not come in, told to whoever has proved themselves: `account-disabled`; `credentials-expired`,
   * also where the password must be changed first.
   */
  readonly refused?: Refusal['refused'] | null | undefined
  /** For DIGEST-MD5's HA1, where it is not what follows the last "@" of the name. */
  readonly realm?: string | null | undefined
}
