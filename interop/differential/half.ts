import type { Identity } from 'saslkit'
import type { Octets } from './login-case.ts'

/** A client half, ours or a peer's. Each method throws where the half gives up. */
export interface ClientHalf {
  /** The initial response; undefined where there is none. */
  start(): Promise<Octets | undefined>
  challenge(challenge: Octets): Promise<Octets>
  /** Takes the server's word that we are in. Throws unless the half believes it. */
  success(additionalData: Octets | undefined): Promise<void>
}

export type ServerAnswer =
  | { readonly kind: 'challenge'; readonly challenge: Octets }
  | { readonly kind: 'success'; readonly identity: Identity; readonly additionalData?: Octets | undefined }
  | { readonly kind: 'failure'; readonly why: string }

/** A server half, ours or a peer's. */
export interface ServerHalf {
  step(response: Octets | undefined): Promise<ServerAnswer>
}
