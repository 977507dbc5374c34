import * as assert from 'uvu/assert'
import { plainDecoder } from '../../engine/decode/decoder.ts'
import { detect } from '../../engine/decode/detect.ts'
import { compared, contentOf, likeness } from '../../engine/draft/likeness.ts'
import { testKeys } from '../../engine/pipeline/replay.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { partsOf, readCapture } from '../../engine/transport/capture.ts'
import { root } from '../support/root.ts'
import { suite } from '../support/suite.ts'

const test = suite('compares recordings')
const library = readLibrary([builtinProfiles])

const plain = (...lists: string[][]) => ({ lists, isCiphered: false })

test('counts the same list most, then what lists have in common, then whether they are ciphered', () => {
	const came = plain(['a', 'b', 'c', 'd'])
	const points = (...lists: string[][]) => compared(came, [plain(...lists)]).points
	const [same, turned, all, half, none] = [
		points(['a', 'b', 'c', 'd']),
		points(['b', 'a', 'c', 'd']),
		points(['a', 'b', 'c', 'd', 'e']),
		points(['a', 'b', 'x', 'y']),
		points(['x']),
	] as const
	assert.ok(same > turned && turned > all && all > half && half > none, [same, turned, all, half, none].join())
	assert.ok(compared(came, [{ lists: came.lists, isCiphered: true }]).points < same)
	// One more of the same code is one more value.
	assert.ok(points(['a', 'a', 'b', 'c', 'd']) < turned)
	// Each list counts with the recorded one that is most like it.
	const two = plain(['a', 'b'], ['c'])
	assert.is(compared(two, [plain(['c'], ['x']), plain(['a', 'b'])]).points, same)
	assert.ok(compared(two, [plain(['a', 'b'])]).points < same)
})

test('says what recordings have in common with what came', () => {
	const why = (isCiphered: boolean, recorded: boolean, list: string[]) =>
		compared({ lists: [['a'], ['a', 'b']], isCiphered }, [{ lists: [list], isCiphered: recorded }]).why
	assert.equal(why(false, false, ['a', 'b']), ['its recordings have the same 2 values'])
	assert.equal(why(true, true, ['a', 'b']), ['its recordings have the same 2 values, ciphered as well'])
	assert.equal(why(true, false, ['b', 'x']), ['its recordings have 1 of the 2 values, and are not ciphered'])
	assert.equal(why(false, true, ['x']), ['its recordings have 0 of the 2 values, and are ciphered'])
})

test('compares values without codes by their kinds, and has nothing to say where a profile has no recordings', async () => {
	const capture = readCapture(`${root}meters/kaifa-ma304/list-2.capture.jsonl`)
	const [parts, keys] = [partsOf(capture), testKeys(capture)]
	const protocol = detect(parts, keys)
	if (!protocol) throw new Error('not detected')
	const reader = plainDecoder(protocol, keys)
	const items = parts.flatMap((part) => [...reader.push(part), ...reader.idle()])
	const content = contentOf(items.flatMap((item) => ('telegram' in item ? [item.telegram] : [])))
	assert.ok(content.lists[0]?.includes('=KFM_001'), content.lists[0]?.join())
	const like = (name: string) => {
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) throw new Error(`${name} is not right`)
		return likeness(content, profile, protocol)
	}
	assert.match((await like('kaifa-ma304'))?.why.join() ?? '', /the same \d+ values$/)
	const other = await like('aidon')
	assert.ok((other?.points ?? 0) < 50, other?.why.join())
	assert.is(await like('common/lg-e450'), undefined)
	assert.is(await like('tibber-pulse'), undefined)
})

test.run()
