export type { HashName } from '../crypto/hash.js'
export { opaqueString, usernameCaseMapped, usernameCasePreserved } from './precis.js'
export { PreparationError, type PreparationRule } from './preparation-error.js'
export {
  type MongodbContext,
  type NamePreparation,
  type Preparation,
  prepareName,
  preparePassword,
} from './prepare.js'
export { type PreparationForm, saslprep } from './saslprep.js'
