export type { Altered, MechanismUnderTest, RegisterTest } from './mechanism/under-test.js'
export type { ProfileUnderTest } from './profile/under-test.js'
export { testMechanism } from './test-mechanism.js'
export { testProfile } from './test-profile.js'
