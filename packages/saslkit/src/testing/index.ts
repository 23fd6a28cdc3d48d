export type { Altered, MechanismUnderTest, RegisterTest } from './mechanism/under-test.js'
export { testMechanism } from './test-mechanism.js'
