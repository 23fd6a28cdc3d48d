import * as imap from 'saslkit/profiles/imap'
import * as pop3 from 'saslkit/profiles/pop3'
import * as smtp from 'saslkit/profiles/smtp'
import type { Row } from '../row.ts'
import { carriedRow } from './carried-row.ts'
import { cramMd5Row } from './cram-md5.ts'
import { mechanismRow } from './mechanism-row.ts'
import { oauthBearerRow, xoauth2Row } from './oauth.ts'
import { anonymousRow, externalRow, loginRow, plainRow } from './plain-like.ts'
import { scramRow } from './scram.ts'
import { SCRAM_VARIANTS } from './scram-names.ts'

/** Every mechanism. A new one joins by its row. */
export const MECHANISM_ROWS: readonly Row[] = [
  plainRow(),
  loginRow(),
  anonymousRow(),
  externalRow(),
  cramMd5Row(),
  xoauth2Row(),
  oauthBearerRow(),
  ...SCRAM_VARIANTS.map((variant) => scramRow(variant, { share: variant.startsWith('SHA-256') ? 3 : 1 })),
  scramRow('SHA-256', { name: 'SCRAM-SHA-256 with keys made in the run', derive: true, share: 0.2 }),
].map(mechanismRow)

const CARRIED = [
  plainRow(),
  loginRow(),
  cramMd5Row(),
  oauthBearerRow(),
  scramRow('SHA-256'),
  scramRow('SHA-256-PLUS'),
]

/** Every profile with a mechanism of each kind. A new profile of lines joins by its row. */
export const CARRIED_ROWS: readonly Row[] = [
  carriedRow({ name: 'exchanges in smtp', profile: smtp, mechanisms: CARRIED }),
  carriedRow({ name: 'exchanges in imap', profile: imap, mechanisms: CARRIED }),
  carriedRow({ name: 'exchanges in pop3', profile: pop3, mechanisms: CARRIED }),
]
