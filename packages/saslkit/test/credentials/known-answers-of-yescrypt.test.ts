/** Apart, for they take seconds: mutation testing does without them. */
import { testKnownAnswers } from './known-answer-tests.js'

testKnownAnswers(({ scheme }) => scheme.endsWith('yescrypt'))
