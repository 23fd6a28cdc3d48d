import { testKnownAnswers } from './known-answer-tests.js'

testKnownAnswers(({ scheme }) => !scheme.endsWith('yescrypt'))
