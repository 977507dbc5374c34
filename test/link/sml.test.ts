import { sml } from '../../engine/link/sml.ts'
import { corpusEveryWay } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('sml link', { limit: 60_000 })

corpusEveryWay(test, 'SML', sml)

test.run()
