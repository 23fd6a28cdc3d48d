import { test } from 'node:test'
import { registerAll } from './rows.js'

registerAll(test)
