import { saslClient } from 'saslkit'

/** No mechanism fits. */
export async function logIn(): Promise<void> {
  saslClient({ authcid: 'tim', password: 'tanstaaftanstaaf' }).select(['GSSAPI', 'CRAM-MD5'], {
    secure: true,
  })
}
