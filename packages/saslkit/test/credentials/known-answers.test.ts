import { testKnownAnswers } from './known-answer-tests.js'

testKnownAnswers()
