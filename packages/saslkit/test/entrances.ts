/** What "exports" of package.json names, for tests that load it all. Written out, so that bundlers can follow. */
export const ENTRANCES: Readonly<Record<string, () => Promise<object>>> = {
  '.': () => import('../src/index.js'),
  './client': () => import('../src/client.js'),
  './server': () => import('../src/server.js'),
  './strings': () => import('../src/strings/index.js'),
  './credentials': () => import('../src/credentials/index.js'),
  './stores': () => import('../src/stores/index.js'),
  './profiles/smtp': () => import('../src/profiles/smtp.js'),
  './profiles/imap': () => import('../src/profiles/imap.js'),
  './profiles/pop3': () => import('../src/profiles/pop3.js'),
  './testing': () => import('../src/testing/index.js'),
}
