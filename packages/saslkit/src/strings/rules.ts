/**
 * What prepareName and preparePassword do where the answer is not plain to see. Tables are loaded when they are first needed.
 * Bundlers put what the start of a program shares with this into files of their own, so it shares nothing.
 */
import { PreparationError } from './preparation-error.js'
import type { MongodbContext, NamePreparation, Preparation } from './prepare.js'
import type { PreparationForm } from './saslprep.js'

type Prepared = string | Promise<string>

const PRINTABLE_ASCII = /^[ -~]+$/
const GRAPHIC_ASCII = /^[!-~]+$/

export function preparedName(text: string, rule: NamePreparation, form: PreparationForm = 'query'): Prepared {
  wellFormed(text)
  switch (rule) {
    case 'saslprep':
      return bySaslprep(text, form)
    case 'precis':
      return GRAPHIC_ASCII.test(text)
        ? text.toLowerCase()
        : withModule(precisModule, (m) => m.usernameCaseMapped(text))
    case 'precis-case-preserved':
      return GRAPHIC_ASCII.test(text) ? text : withModule(precisModule, (m) => m.usernameCasePreserved(text))
    case 'postgresql':
      return text
    case 'mongodb':
    case 'none':
      return notEmpty(text)
    default:
      return unknown(rule)
  }
}

export function preparedPassword(
  text: string,
  rule: Preparation,
  form: PreparationForm = 'stored',
  context?: MongodbContext,
): Prepared {
  notEmpty(wellFormed(text))
  switch (rule) {
    case 'saslprep':
      return bySaslprep(text, form)
    case 'precis':
      return PRINTABLE_ASCII.test(text) ? text : withModule(precisModule, (m) => m.opaqueString(text))
    case 'postgresql':
      return PRINTABLE_ASCII.test(text)
        ? text
        : withModule(postgresqlModule, (m) => m.postgresqlPassword(text))
    case 'mongodb': {
      if (!context) throw new TypeError('preparePassword: mongodb needs { username, hash }')
      if (context.hash !== 'SHA-1') return bySaslprep(text, form)
      const username = notEmpty(wellFormed(context.username))
      return withModule(mongodbModule, (m) => m.mongodbDigest(username, text))
    }
    case 'none':
      return text
    default:
      return unknown(rule)
  }
}

const bySaslprep = (text: string, form: PreparationForm): Prepared =>
  PRINTABLE_ASCII.test(text) ? text : withModule(saslprepModule, (m) => notEmpty(m.saslprep(text, form)))

/** A module that is loaded when it is first needed, and is at hand from then on. */
function lazily<T>(load: () => Promise<T>): () => T | Promise<T> {
  let module: T | undefined
  return () => module ?? load().then((loaded) => (module = loaded))
}

function withModule<T>(load: () => T | Promise<T>, use: (module: T) => string): Prepared {
  const module = load()
  return module instanceof Promise ? module.then(use) : use(module)
}

const saslprepModule = lazily(() => import('./saslprep.js'))
const precisModule = lazily(() => import('./precis.js'))
const postgresqlModule = lazily(() => import('./postgresql-password.js'))
const mongodbModule = lazily(() => import('./mongodb-digest.js'))

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new PreparationError('prohibited')
  return text
}

function notEmpty(text: string): string {
  if (text === '') throw new PreparationError('empty')
  return text
}

function unknown(rule: never): never {
  // Not of require-preparation.ts, which programs start with.
  const names = 'saslprep, precis, postgresql, mongodb, none; for names precis-case-preserved, too'
  throw new TypeError(`unknown preparation: ${String(rule)}; known are ${names}`)
}
