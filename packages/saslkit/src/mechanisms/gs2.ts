/** The GS2 header (RFC 5801 section 4), which SCRAM and OAUTHBEARER begin with, as clients write it. */

export const escapeName = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C')

export const gs2Header = (flag: string, authzid: string | undefined): string =>
  `${flag},${authzid === undefined ? '' : `a=${escapeName(authzid)}`},`
