import * as assert from 'uvu/assert'
import { routes } from '../../engine/http/routes.ts'
import { answerOf, closeWebsites, PlaySite, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('fuzz of the API', { limit: 60_000 })
test.after(closeWebsites)

/** Numbers that look random, the same in each run. */
function dice(seed: number): (sides: number) => number {
	let state = seed
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * sides)
	}
}

const TEXTS = [
	'',
	'0',
	'-1',
	'1e999',
	'house',
	'..',
	'%00',
	'%2e%2e%2f',
	"'",
	'"',
	'<b>',
	'__proto__',
	'a'.repeat(5000),
	'😀',
	'\u202e',
	'null',
	'[]',
	'{}',
	'2026-11-28',
	'9999999999999999999',
]
const VALUES: unknown[] = [null, true, 0, -1, 1.5, 1e308, '', 'x', 'x'.repeat(2000), [], [[[]]], {}, { $file: '/etc/passwd' }, ...TEXTS]
/** Keys that bodies have, and others. */
const KEYS = [
	'password',
	'change',
	'look',
	'token',
	'seconds',
	'enabled',
	'text',
	'transport',
	'kind',
	'path',
	'keys',
	'encryption',
	'mqtt',
	'url',
	'name',
	'profile',
	'outputs',
	'title',
	'fuse',
	'constructor',
	'length',
]

test('never fails by what it is asked, whatever that is', async () => {
	const site = new PlaySite()
	const { url, lines } = await websiteOf(site)
	const roll = dice(20_261_128)
	const one = <Thing>(things: readonly Thing[]): Thing => things[roll(things.length)] as Thing
	const thing = (depth: number): unknown =>
		depth > 3 || roll(3) > 0 ? one(VALUES) : Object.fromEntries(Array.from({ length: roll(5) }, () => [one(KEYS), thing(depth + 1)]))
	for (let count = 0; count < 1500; count++) {
		const { method, path, query = {} } = one(routes)
		if (path === '/events') continue
		// Each derivation of a password would take its time.
		const isSlow = path === '/session' || path === '/passwords'
		const full = path.replace(/:\w+/g, () => encodeURIComponent(one(TEXTS)))
		const asked = Object.keys({ ...query, other: 1 }).flatMap((name) => (roll(2) ? [`${name}=${encodeURIComponent(one(TEXTS))}`] : []))
		const body = isSlow ? '[]' : roll(4) ? JSON.stringify(thing(0)) : one(TEXTS)
		const headers = {
			'content-type': roll(9) ? 'application/json' : one(['', 'text/html', 'a/b']),
			'if-match': one(['*', '""', '"one"', 'W/"one"']),
		}
		const answer = await answerOf(
			`${url}/api${full}?${asked.join('&')}`,
			headers,
			method.toUpperCase(),
			method === 'get' ? undefined : body,
		)
		assert.ok(answer.status < 500, `${method} ${full} ${asked.join('&')} ${body}: ${answer.status} ${answer.text}`)
		if (answer.text !== '' && /json/.test(String(answer.headers['content-type'])) && !/ndjson/.test(String(answer.headers['content-type'])))
			JSON.parse(answer.text)
	}
	assert.is(lines.join(''), '')
})

test.run()
