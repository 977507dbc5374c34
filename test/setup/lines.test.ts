import * as assert from 'uvu/assert'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { askedLines, attempts, pushedLines } from '../../engine/setup/lines.ts'
import { suite } from '../support/suite.ts'

const test = suite('tries settings of a line')
const library = readLibrary([builtinProfiles])
const pushed = pushedLines().map(({ name }) => name)
const asked = askedLines(library).map(({ name }) => name)

/** Lists what is tried where the settings `heard` gave something, and the settings `open` may be right all the same. */
function tried(heard: string[], open: string[]): { names: string[]; seconds: number } {
	const names: string[] = []
	let all = 0
	const isHeard = () => names.some((name) => heard.includes(name))
	for (const { setting, seconds } of attempts(
		() => library,
		isHeard,
		(name) => open.includes(name),
	)) {
		names.push(setting.name)
		all += seconds
	}
	return { names, seconds: all }
}

test('ends after one round where all that came is strange', () => {
	assert.equal(tried(pushed, []), { names: pushed, seconds: 60 })
})

test('asks where nothing came, and gives up when nobody answers', () => {
	const { names, seconds } = tried([], pushed)
	assert.equal(names, [...pushed, ...asked])
	assert.is(seconds, 60 + 15 * asked.length)
})

test('goes back to what may be right once a meter was heard', () => {
	const [first = '', second = '', third = ''] = pushed
	assert.equal(tried([second], [first, third]).names, [...pushed, first, third])
	// It was heard only when it was asked.
	assert.equal(tried(asked.slice(0, 1), [third]).names, [...pushed, ...asked, third])
})

test.run()
