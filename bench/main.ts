/** Measures saslkit against its peers, and writes results.json, and of it results.md and results.svg. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { commandLine } from '../commands/command-line.ts'
import { bundles } from './bundle.ts'
import { exchanges } from './exchanges/exchanges.ts'
import { heap } from './heap.ts'
import { imports } from './import.ts'
import { logins } from './logins.ts'
import { installPeers, peerVersion } from './peers.ts'
import { picture } from './picture.ts'
import { type Recorded, readRecord, writeRecord } from './record.ts'
import { report } from './report.ts'
import { saslprep } from './saslprep.ts'
import type { Section } from './section.ts'
import { stored } from './stored.ts'
import { isMet } from './target.ts'

const USAGE = `npm run bench [-- options]

  --section NAME  only exchanges, logins, import, bundle, heap, saslprep or stored
  --only TEXT     of the exchanges, only those whose mechanism begins so
  --rounds N      how often each is measured (default: 5)
  --seconds N     how long each is measured at a time (default: 0.3)
  --check         status 1 if a target is missed, or was not measured
  --again         measure nothing: make report and picture of the record
  --help          this`

const { values, refuse } = commandLine(USAGE, {
  options: {
    check: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.3' },
    only: { type: 'string', default: '' },
    section: { type: 'string', default: '' },
  },
})

const options = { rounds: Number(values.rounds), seconds: Number(values.seconds), only: values.only }
if (!(options.rounds >= 1 && options.seconds > 0)) refuse('--rounds and --seconds are numbers above 0')

const SECTIONS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  exchanges: () => exchanges(options),
  logins,
  import: imports,
  bundle: bundles,
  heap,
  saslprep,
  stored,
}
if (values.section && !SECTIONS[values.section])
  refuse(`--section is one of ${Object.keys(SECTIONS).join(', ')}`)

/** The versions of Debian's packages, where they are installed. */
function debian(names: readonly string[]): string {
  const version = (name: string): string => {
    try {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg-query's own
      const query = ['-W', '-f', '${Version}', name]
      const stdio = ['ignore', 'pipe', 'ignore'] as const
      return `${name} ${execFileSync('dpkg-query', query, { encoding: 'utf8', stdio: [...stdio] })}`
    } catch {
      return `${name} missing`
    }
  }
  return names.map(version).join(', ')
}

function machine(): string[] {
  const asked = process.argv.slice(2)
  const { model } = cpus()[0]!
  const peers = ['pg', 'mongodb', 'kafkajs', '@xmpp/sasl-scram-sha-1', '@mongodb-js/saslprep', 'esbuild']
  return [
    `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${model.trim()}; Node ${process.version} (OpenSSL ${process.versions.openssl})`,
    `${debian(['libgsasl-dev', 'libsasl2-dev', 'golang-go', 'golang-github-emersion-go-sasl-dev', 'golang-github-xdg-go-scram-dev'])}`,
    `npm: ${peers.map((name) => `${name} ${peerVersion(name)}`).join(', ')}`,
    `command: \`${['npm run bench', ...(asked.length ? ['--', ...asked] : [])].join(' ')}\``,
  ]
}

async function measured(): Promise<Recorded> {
  installPeers()
  const sections: Section[] = []
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (values.section && name !== values.section) continue
    process.stderr.write(`measuring: ${name}\n`)
    sections.push(await measure())
  }
  return { machine: machine(), sections }
}

const record = values.again ? readRecord() : await measured()
const text = report(record)
process.stdout.write(text)
// Part of the measurements is for whoever asked for it, not for the record.
if (!values.section && !values.only) {
  if (!values.again) writeRecord(record)
  writeFileSync(new URL('results.md', import.meta.url), text)
  writeFileSync(new URL('results.svg', import.meta.url), picture(record))
}
const wanted = record.sections.flatMap(({ targets }) => targets).filter(({ wanted }) => wanted)
if (values.check && wanted.some((target) => isMet(target) !== true)) process.exitCode = 1
