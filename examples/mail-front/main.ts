/** npm start: a mail front on loopback, logins to it by every protocol and mechanism, and then curl's turn. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allowPlaintext, SERVER_MECHANISMS, saslServer } from 'saslkit'
import { commandLine } from '../../commands/command-line.ts'
import { enrol } from './accounts.ts'
import { attempts } from './attempts.ts'
import { makeCertificates } from './certificates.ts'
import { curlLines } from './curl-lines.ts'
import { startFront } from './front.ts'
import { impostor } from './impostor.ts'
import { tryLogin } from './logins.ts'
import { manInTheMiddle } from './man-in-the-middle.ts'
import { portsTable } from './ports-table.ts'
import { table } from './table.ts'

const USAGE = `npm start [-- --once] [-- --port N]

  --once     exit after the table: status 1 if a login that should work failed, or one that should fail worked
  --port N   serve at N and the five ports after it (default: any that are free)
  --help     this`

const { values, refuse } = commandLine(USAGE, {
  options: { once: { type: 'boolean' }, port: { type: 'string' } },
})
const firstPort = portOf(values.port)

const accounts = await enrol()
const certificates = await makeCertificates()
const server = saslServer({
  directory: accounts.directory,
  decoySecret: accounts.decoySecret,
  policy: { mechanisms: SERVER_MECHANISMS },
})
let serving = false
const say = (line: string): void => {
  if (serving) console.log(line)
}
const front = await startFront({
  server,
  onLogin: (protocol, mechanism, authcid) =>
    say(`${protocol}: ${JSON.stringify(authcid)} logged in by ${mechanism}`),
  onRefused: (protocol, { mechanism = 'a login', reason }) =>
    say(`${protocol}: refused ${mechanism}: ${reason}`),
  certificate: certificates.server,
  firstPort,
})
const ok = await proveIt()

if (values.once) {
  await stop()
  process.exitCode = ok ? 0 : 1
} else {
  const ca = join(accounts.folder, 'ca.pem')
  await writeFile(ca, certificates.server.cert)
  console.log(`\nServing on 127.0.0.1 until Ctrl-C:\n\n${portsTable(front.ports)}\n`)
  console.log(`Accounts: ${accounts.file}`)
  console.log(
    `Authority of its certificate, for host "localhost" and tlsOptions: { ca: readFileSync(…) }: ${ca}`,
  )
  console.log(`\n${curlLines(front.ports, accounts.token)}\n`)
  serving = true
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(ok ? 0 : 1)))
}

async function proveIt(): Promise<boolean> {
  const relay = await manInTheMiddle(front.ports.IMAP.TLS, certificates.server)
  const stripper = await manInTheMiddle(front.ports.IMAP.TLS, certificates.server, (text) =>
    text.replace(/ AUTH=SCRAM-\S+-PLUS/g, ''),
  )
  const fake = await startFront({
    server: saslServer({ directory: {}, policy: { mechanisms: [impostor] } }),
    certificate: certificates.server,
  })
  const careless = await startFront({
    server: saslServer({
      directory: accounts.directory,
      policy: { mechanisms: ['PLAIN'], [allowPlaintext]: true },
    }),
    certificate: certificates.server,
  })
  try {
    const list = attempts({
      ports: front.ports,
      token: accounts.token,
      clientCertificate: certificates.client,
      relay: relay.port,
      stripper: stripper.port,
      impostor: fake.ports.IMAP.TLS,
      careless: careless.ports.SMTP.STARTTLS,
    })
    const results = []
    for (const attempt of list) results.push(await tryLogin(attempt, certificates.server.cert))
    console.log(table(results.map(({ row }) => row)))
    const wrong = results.filter((result) => !result.ok).length
    console.log(`\n${results.length - wrong} of ${results.length} came out as they should.`)
    console.log('Who is refused is told so a second late, whatever the reason: time is to tell nothing.')
    return wrong === 0
  } finally {
    relay.close()
    stripper.close()
    await fake.close()
    await careless.close()
  }
}

async function stop(): Promise<void> {
  await front.close()
  await accounts.remove()
}

function portOf(text = '0'): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_530) return port
  return refuse(`--port must be a whole number up to 65530, not ${JSON.stringify(text)}`)
}
