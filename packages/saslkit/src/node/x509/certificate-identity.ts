import { SaslError } from '../../errors.js'
import type { AlternativeName } from './alternative-name.js'
import type { Certificate } from './certificate.js'

/** What in a certificate may name its holder. */
export type IdentityKind = Exclude<AlternativeName['kind'], 'other'> | 'commonName'

/** Those that name people, the subject's common name last. */
export const PERSONAL_NAMES: readonly IdentityKind[] = [
  'rfc822Name',
  'smtpUTF8Mailbox',
  'xmppAddr',
  'commonName',
]

const COMMON_NAME = '2.5.4.3'

/**
 * The one name of a certificate that stands for its holder: of the first kind that it has. Undefined where it has none
 * of these kinds. Whether the certificate can be believed is not looked at.
 *
 * @throws SaslError `invalid-credentials` where it does not name one holder beyond doubt: two names of the kind that
 *   decides (two common names, CVE-2025-59154), or an ill-formed one (NUL, control characters, not UTF-8, empty), for
 *   which no other name is taken instead.
 */
export function certificateIdentity(
  certificate: Certificate,
  kinds: readonly IdentityKind[] = PERSONAL_NAMES,
): string | undefined {
  // Such a name is never there by accident, whichever kind is asked for.
  const illFormed = certificate.subjectAltNames.find(
    ({ kind, text }) => kind !== 'other' && text === undefined,
  )
  if (illFormed) throw refused(`a ${illFormed.kind} that is ill-formed`)
  for (const kind of kinds) {
    const [name, another] = namesOf(certificate, kind)
    if (!name) continue
    if (another) throw refused(`more than one ${kind}`)
    if (name.text === undefined) throw refused(`a ${kind} that is ill-formed`)
    return name.text
  }
  return undefined
}

const namesOf = (
  certificate: Certificate,
  kind: IdentityKind,
): readonly { readonly text?: string | undefined }[] =>
  kind === 'commonName'
    ? certificate.subject.filter(({ oid }) => oid === COMMON_NAME)
    : certificate.subjectAltNames.filter((name) => name.kind === kind)

const refused = (what: string) => new SaslError('invalid-credentials', `the client certificate has ${what}`)
