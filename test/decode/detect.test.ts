import * as assert from 'uvu/assert'
import { detect } from '../../engine/decode/detect.ts'
import { corpus } from '../support/corpus.ts'
import { hexBytes } from '../support/craft.ts'
import { suite } from '../support/suite.ts'

const test = suite('detect', { limit: 60_000 })

/** By the beginning of what the corpus calls them. */
const LINKS = { HDLC: 'hdlc', 'M-Bus': 'mbus', SML: 'sml', P1: 'p1', IEC: 'iec62056-21', LLC: 'llc' }

test('detects each link layer of the corpus', () => {
	for (const { id, bytes, linkLayer, intact } of corpus) {
		if (!intact) continue
		const wanted = Object.entries(LINKS).find(([begin]) => linkLayer.startsWith(begin))?.[1] ?? 'raw'
		const found = detect([bytes], {})
		assert.is(found?.link, wanted, id)
		assert.match(found?.reason ?? '', new RegExp(`frames? of ${wanted}`), id)
	}
	assert.is(detect([hexBytes('00112233')], {}), undefined)
})

test.run()
