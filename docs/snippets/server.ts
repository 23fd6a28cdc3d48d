// A client to talk to.
import { type Octets, saslClient } from 'saslkit'

const theirs = saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' }).select(['SCRAM-SHA-256'])

export const decoySecret: Octets = new Uint8Array(16)
export const initialResponse: Octets | undefined = await theirs.start()
export const answerTo = async (octets: Octets): Promise<Octets> => theirs.challenge(octets)
export const welcome = async (_name: string, octets: Octets | undefined): Promise<void> =>
  theirs.success(octets)
export function refuse(reason: string): never {
  throw new Error(reason)
}
