import { type Directory, saslServer as makeServer } from 'saslkit'

export const saslServer: typeof makeServer = makeServer
export const directory: Directory = { verifyPassword: () => true }
export const decoySecret: Uint8Array<ArrayBuffer> = new Uint8Array(16)
export const ADMINISTRATORS: ReadonlySet<string> = new Set(['root'])
export const mayComeIn = async (authcid: string): Promise<boolean> => authcid !== 'retired'
