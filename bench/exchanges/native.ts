import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A program in C or Go, and what builds it. */
export interface NativeProgram {
  readonly name: string
  /** Debian packages that it is built with. */
  readonly packages: readonly string[]
  /** Files that come with them. */
  readonly needs: readonly string[]
  readonly build: (source: string, target: string) => readonly [command: string, ...args: string[]]
  readonly source: string
}

const GO = '/usr/share/gocode'

export const NATIVE_PROGRAMS: readonly NativeProgram[] = [
  {
    name: 'GNU SASL',
    packages: ['gcc', 'libc6-dev', 'libgsasl-dev'],
    needs: ['/usr/bin/gcc', '/usr/include/gsasl.h'],
    source: 'gsasl.c',
    build: (source, target) => ['gcc', '-O2', source, '-o', target, '-lgsasl'],
  },
  {
    name: 'Cyrus SASL',
    packages: ['gcc', 'libc6-dev', 'libsasl2-dev', 'libssl-dev', 'libsasl2-modules'],
    needs: ['/usr/bin/gcc', '/usr/include/sasl/sasl.h', '/usr/include/openssl/evp.h'],
    source: 'cyrus.c',
    build: (source, target) => ['gcc', '-O2', source, '-o', target, '-lsasl2', '-lcrypto'],
  },
  {
    name: 'Go',
    packages: ['golang-go', 'golang-github-emersion-go-sasl-dev', 'golang-github-xdg-go-scram-dev'],
    needs: [
      '/usr/bin/go',
      `${GO}/src/github.com/emersion/go-sasl/plain.go`,
      `${GO}/src/github.com/xdg-go/scram/scram.go`,
    ],
    source: 'go/main.go',
    build: (source, target) => ['go', 'build', '-o', target, source],
  },
]

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Compiles a program. @throws Error that says what to install, when something is missing. */
export function buildNative({ name, packages, needs, source, build }: NativeProgram): string {
  const missing = needs.filter((file) => !existsSync(file))
  if (missing.length)
    throw new Error(
      `${name} is missing (${missing.join(', ')}); to have it: apt-get install ${packages.join(' ')}`,
    )
  mkdirSync(path('../.build'), { recursive: true })
  const target = path(`../.build/${source.replaceAll(/\W/g, '-')}`)
  const [command, ...args] = build(path(`native/${source}`), target)
  const go = { GO111MODULE: 'off', GOPATH: GO, GOCACHE: path('../.build/go'), GOFLAGS: '' }
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...go } })
  return target
}
