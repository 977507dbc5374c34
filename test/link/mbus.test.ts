import { mbus } from '../../engine/link/mbus.ts'
import { corpusEveryWay } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('mbus link', { limit: 60_000 })

corpusEveryWay(test, 'M-Bus link', mbus)

test.run()
