import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { FileRun } from '../outcome.ts'
import { bundle } from './bundle.ts'

/** Each file in a frame of its own, which nothing is left in of other tests. */
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
for (;;) {
  const file = await (await fetch('/next')).text()
  if (!file) break
  const frame = document.createElement('iframe')
  frame.src = '/frame?' + encodeURIComponent(file)
  const done = new Promise((resolve) => addEventListener('message', resolve, { once: true }))
  const late = new Promise((resolve) => setTimeout(resolve, DEADLINE))
  document.body.append(frame)
  await Promise.race([done, late])
  frame.remove()
}
await fetch('/end', { method: 'POST' })
</script><body>`

const FRAME = `<!doctype html><meta charset="utf-8"><script type="module">
const file = decodeURIComponent(location.search.slice(1))
const found = await import('/tests/' + file).then(
  ({ runTests }) => runTests(),
  (error) => ({ outcomes: [], problem: String(error) }),
)
await fetch('/outcomes?' + file, { method: 'POST', body: JSON.stringify(found) })
parent.postMessage('done')
</script>`

/** Runs files in a page of Chromium, served on loopback, where browsers have crypto.subtle too. */
export async function runInChromium(
  chromium: string,
  files: readonly string[],
  deadlineOf: (file: string) => number,
): Promise<FileRun[]> {
  const runs = new Map<string, FileRun>()
  const left = [...files]
  const ends = new EventTarget()
  const bundles = new Map<string, string>()

  async function next(): Promise<string> {
    for (const file of left.splice(0)) {
      const bundled = await bundle(file)
      if ('cannot' in bundled) {
        runs.set(file, { file, outcomes: [], ...bundled })
        continue
      }
      bundles.set(file, bundled.code)
      left.push(...files.slice(files.indexOf(file) + 1))
      return file
    }
    return ''
  }

  async function answer(request: IncomingMessage): Promise<readonly [type: string, body: string]> {
    const [path = '', query = ''] = (request.url ?? '').split('?')
    if (path === '/')
      return ['text/html', PAGE.replace('DEADLINE', String(Math.max(...files.map(deadlineOf))))]
    if (path === '/frame') return ['text/html', FRAME]
    if (path === '/next') return ['text/plain', await next()]
    if (path.startsWith('/tests/')) return ['text/javascript', bundles.get(path.slice(7)) ?? '']
    const body = await text(request)
    if (path === '/outcomes') runs.set(query, { file: query, ...JSON.parse(body) })
    else if (path === '/end') ends.dispatchEvent(new Event('end'))
    return ['text/plain', '']
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ([type, body]) => response.setHeader('content-type', type).end(body),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const profile = await mkdtemp(join(tmpdir(), 'saslkit-chromium-'))
  const browser = spawn(
    chromium,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...[`--user-data-dir=${profile}`, '--remote-debugging-port=0', `http://127.0.0.1:${port}/`],
    ],
    { stdio: 'ignore' },
  )
  const exited = once(browser, 'exit')
  try {
    const late = files.reduce((sum, file) => sum + deadlineOf(file), 60_000)
    await Promise.race([once(ends, 'end'), exited, once(AbortSignal.timeout(late), 'abort')])
  } finally {
    browser.kill()
    await exited
    server.closeAllConnections()
    server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  return files.map((file) => runs.get(file) ?? { file, outcomes: [], problem: 'it did not end' })
}
