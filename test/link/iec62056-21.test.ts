import { iec62056 } from '../../engine/link/iec62056-21.ts'
import { corpusEveryWay } from '../support/every-way.ts'
import { suite } from '../support/suite.ts'

const test = suite('iec62056-21 link', { limit: 60_000 })

/** Their source left out ETX and BCC: without these only silence says that nothing comes any more. */
const UNENDED = ['iec-xx-actaris-ace3000-mode-e', 'iec-xx-itron-em214']

corpusEveryWay(test, 'IEC', iec62056, (bytes, id) => (UNENDED.includes(id) ? undefined : bytes))

test.run()
