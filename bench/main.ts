/**
 * Measures saslkit against its peers, and writes results.md.
 *
 *     npm run bench -- [--check] [--rounds 5] [--seconds 0.3] [--only SCRAM] [--section exchanges]
 *
 * With --check, the exit status is 1 if a target is missed, or could not be measured.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { bundles } from './bundle.ts'
import { exchanges } from './exchanges/exchanges.ts'
import { heap } from './heap.ts'
import { imports } from './import.ts'
import { logins } from './logins.ts'
import { installPeers, peerVersion } from './peers.ts'
import { saslprep } from './saslprep.ts'
import { mark, type Section, table } from './section.ts'
import { stored } from './stored.ts'

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.3' },
    only: { type: 'string', default: '' },
    section: { type: 'string', default: '' },
  },
})

const options = { rounds: Number(values.rounds), seconds: Number(values.seconds), only: values.only }
if (!(options.rounds >= 1 && options.seconds > 0))
  throw new RangeError('--rounds and --seconds are numbers above 0')

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
  throw new RangeError(`--section is one of ${Object.keys(SECTIONS).join(', ')}`)

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
  const { model } = cpus()[0]!
  const peers = ['pg', 'mongodb', 'kafkajs', '@xmpp/sasl-scram-sha-1', '@mongodb-js/saslprep', 'esbuild']
  return [
    `* ${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${model.trim()}; Node ${process.version} (OpenSSL ${process.versions.openssl})`,
    `* ${debian(['libgsasl-dev', 'libsasl2-dev', 'golang-go', 'golang-github-emersion-go-sasl-dev', 'golang-github-xdg-go-scram-dev'])}`,
    `* npm: ${peers.map((name) => `${name} ${peerVersion(name)}`).join(', ')}`,
    `* command: \`${['npm run bench', ...process.argv.slice(2)].join(process.argv.length > 2 ? ' -- ' : '')}\``,
  ]
}

installPeers()
const sections: Section[] = []
for (const [name, measure] of Object.entries(SECTIONS)) {
  if (values.section && name !== values.section) continue
  process.stderr.write(`measuring: ${name}\n`)
  sections.push(await measure())
}

const targets = sections.flatMap((section) => section.targets)
const report = [
  '# Measurements',
  '',
  'Made by `npm run bench`. Only ratios count: absolute figures move with the machine and its neighbours.',
  '',
  ...machine(),
  '',
  '## Targets',
  '',
  ...table(
    ['', 'target', 'wanted', 'measured'],
    targets.map((target) => [mark(target), target.name, target.wanted, target.measured || 'not measured']),
  ),
  ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
  '',
].join('\n')

process.stdout.write(report)
// Part of the measurements is for whoever asked for it, not for the record.
if (!values.section && !values.only) writeFileSync(new URL('results.md', import.meta.url), report)
if (values.check && targets.some(({ met }) => met !== true)) process.exitCode = 1
