import type { Row } from '../row.ts'
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
