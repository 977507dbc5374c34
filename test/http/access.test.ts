import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { Access } from '../../engine/http/access.ts'
import { callerOf, proxiesOf } from '../../engine/http/caller.ts'
import type { Session } from '../../schema/types/api.ts'
import { scratch } from '../support/engine-of.ts'
import { AFAR, type Answered, answerOf, closeWebsites, codeOf, cookieOf, jsonOf, PlaySite, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('access', { limit: 30_000 })
const folder = scratch('access')
test.after(async () => {
	await closeWebsites()
	folder.remove()
})

const [CHANGE, LOOK] = ['correct horse battery', 'only to look at']
const post = (url: string, path: string, body: object, headers = {}) => answerOf(`${url}/api${path}`, { ...AFAR, ...headers }, 'POST', body)
const get = (url: string, path: string, cookie = '') => answerOf(url + path, { ...AFAR, ...(cookie !== '' && { cookie }) })
/** The attributes of the cookie that an answer sets. */
const attributes = ({ headers }: Answered) => [headers['set-cookie'] ?? ''].flat().join()

test('is open on the machine itself, and to nobody else before a password is set', async () => {
	const { url, announced } = await websiteOf(new PlaySite())
	assert.is((await answerOf(`${url}/api/meters`)).status, 200)
	for (const path of ['/api/meters', '/api/events', '/api/config', '/health', '/metrics']) {
		const answer = await get(url, path)
		assert.is(answer.status, 401, path)
		assert.is(codeOf(answer), 'sign-in')
	}
	assert.equal(jsonOf(await get(url, '/api/session')), {
		version: '0.0.0',
		needed: true,
		rights: 'none',
		passwordSet: false,
		lookSet: false,
		kept: false,
	})
	assert.is((await post(url, '/session', { password: CHANGE })).status, 401)
	assert.is((await post(url, '/passwords', { change: CHANGE })).status, 401, 'nobody sets the first password from elsewhere')
	assert.equal(announced, [], 'a page that only this machine reaches needs no link')
})

test('sets the first password by the link, once, and keeps hashes only', async () => {
	const accessFile = join(folder.path, 'main.access.json')
	const { website, url, announced, lines } = await websiteOf(new PlaySite(), { http: { port: 0, host: '0.0.0.0' }, accessFile })
	const [, token = ''] = /#token=([\w-]+)$/.exec(announced.join()) ?? []
	assert.is(Buffer.from(token, 'base64url').length, 16)
	assert.not(lines.join('').includes(token), 'the log is read by others')
	const local = url.replace('0.0.0.0', '127.0.0.1')
	assert.is(codeOf(await post(local, '/passwords', { change: CHANGE, token: 'AAAAAAAAAAAAAAAAAAAAAA' })), 'link-used')
	assert.is(codeOf(await post(local, '/passwords', { change: 'short', token })), 'password-short')
	assert.is(codeOf(await post(local, '/passwords', { change: CHANGE, look: CHANGE, token })), 'password-same')
	const set = await post(local, '/passwords', { change: CHANGE, look: LOOK, token })
	assert.is(set.status, 200, set.text)
	assert.is(jsonOf<Session>(set).rights, 'change')
	assert.match(attributes(set), /^cii2mqtt_main=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
	assert.is(codeOf(await post(local, '/passwords', { change: 'another password', token })), 'link-used')
	assert.is((await get(local, '/api/config', cookieOf(set))).status, 200)
	await website.close()
	const kept = readFileSync(accessFile, 'utf8')
	for (const secret of [CHANGE, LOOK, token, cookieOf(set).split('=')[1] ?? '?']) assert.not(kept.includes(secret))
	assert.is(statSync(accessFile).mode & 0o777, 0o600)

	const again = await websiteOf(new PlaySite(), { http: { port: 0, host: '0.0.0.0' }, accessFile })
	assert.equal(again.announced, [], 'a password is set')
	assert.is((await get(again.url, '/api/config', cookieOf(set))).status, 200, 'the session outlives the process')
	assert.is((await post(again.url, '/session', { password: CHANGE })).status, 200)
	await again.website.close()

	writeFileSync(accessFile, kept.replace('"change":"', '"change":"A'))
	const damaged = await websiteOf(new PlaySite(), { http: { port: 0, host: '0.0.0.0' }, accessFile })
	assert.is((await get(damaged.url, '/api/config', cookieOf(set))).status, 401, 'a damaged file opens nothing')
	assert.match(damaged.lines.join(''), /damaged/)
	assert.is(damaged.announced.length, 1)
})

test('gives two rights, and ends sessions with their password', async () => {
	const { url } = await websiteOf(new PlaySite())
	const first = await answerOf(`${url}/api/passwords`, {}, 'POST', { change: CHANGE, look: LOOK })
	assert.is(first.status, 200, 'on the machine itself no link is needed')
	const looker = cookieOf(await post(url, '/session', { password: LOOK }))
	const changer = cookieOf(await post(url, '/session', { password: CHANGE }))
	assert.is(jsonOf<Session>(await get(url, '/api/session', looker)).rights, 'look')
	assert.is((await get(url, '/api/meters', looker)).status, 200)
	for (const path of [
		'/api/config',
		'/api/ports',
		'/api/log',
		'/api/meters/house/telegrams',
		'/api/recordings/r1',
		'/api/setup/probes/one',
		'/api/events?log=1',
	])
		assert.is(codeOf(await get(url, path, looker)), 'look-only', path)
	for (const [method, path, body] of [
		['DELETE', '/meters/house', undefined],
		['PUT', '/meters/house', { title: 'x' }],
		['PUT', '/config', { text: '' }],
		['POST', '/setup/meters', {}],
		['POST', '/meters/house/recording', { seconds: 1 }],
		['DELETE', '/meters/house/history', undefined],
	] as const)
		assert.is((await answerOf(`${url}/api${path}`, { ...AFAR, cookie: looker }, method, body)).status, 403, path)
	assert.is((await post(url, '/passwords', { change: 'taken over by looking' }, { cookie: looker })).status, 401)
	assert.is((await get(url, '/api/config', changer)).status, 200)
	const next = await post(url, '/passwords', { change: 'another password' }, { cookie: changer })
	assert.is(next.status, 200)
	assert.is((await get(url, '/api/config', changer)).status, 401, 'ended with its password')
	assert.is((await get(url, '/api/meters', looker)).status, 200, 'its password has stayed')
	assert.is((await get(url, '/api/config', cookieOf(next))).status, 200)
	assert.is((await post(url, '/session', { password: CHANGE })).status, 401)
	assert.is((await post(url, '/passwords', { change: 'another password', look: null }, { cookie: cookieOf(next) })).status, 200)
	assert.is((await get(url, '/api/meters', looker)).status, 401)
	const last = await post(url, '/session', { password: 'another password' })
	const out = await answerOf(`${url}/api/session`, { ...AFAR, cookie: cookieOf(last) }, 'DELETE')
	assert.match(attributes(out), /^cii2mqtt_main=; Max-Age=0; Path=\/; HttpOnly/)
	assert.is(jsonOf<Session>(out).rights, 'none')
	assert.is((await get(url, '/api/meters', cookieOf(last))).status, 401)
})

test('keeps password and sessions where the config says by now', async () => {
	const accessFile = join(folder.path, 'moved.access.json')
	const { website, url } = await websiteOf(new PlaySite())
	const set = await answerOf(`${url}/api/passwords`, {}, 'POST', { change: CHANGE })
	await website.settle({ port: 0 }, accessFile)
	assert.is((await get(url, '/api/config', cookieOf(set))).status, 200)
	assert.is(jsonOf<Session>(await get(url, '/api/session', cookieOf(set))).kept, true)
	await website.close()
	const next = await websiteOf(new PlaySite(), { accessFile })
	assert.is((await get(next.url, '/api/config', cookieOf(set))).status, 200)
	// A file that has other passwords is not asked while one is set.
	await next.website.settle({ port: 0 }, join(folder.path, 'main.access.json'))
	assert.is((await get(next.url, '/api/config', cookieOf(set))).status, 200)
})

test('lets Prometheus sign in with each request, and derives the password once', async () => {
	const { url } = await websiteOf(new PlaySite())
	await answerOf(`${url}/api/passwords`, {}, 'POST', { change: CHANGE, look: LOOK })
	const basic = (password: string) => ({ ...AFAR, authorization: `Basic ${Buffer.from(`prometheus:${password}`).toString('base64')}` })
	const refused = await answerOf(`${url}/metrics`, AFAR)
	assert.match(String(refused.headers['www-authenticate']), /^Basic realm="cii2mqtt"/)
	const first = performance.now()
	assert.is((await answerOf(`${url}/metrics`, basic('wrong'))).status, 401)
	const derivation = performance.now() - first
	assert.is((await answerOf(`${url}/metrics`, basic(LOOK))).status, 200)
	const started = performance.now()
	for (let count = 0; count < 20; count++) assert.is((await answerOf(`${url}/health`, basic(LOOK))).status, 200)
	assert.ok(performance.now() - started < 10 * derivation, `${performance.now() - started} ms, ${derivation} ms`)
	assert.is((await answerOf(`${url}/api/meters`, basic(CHANGE))).status, 401, 'the API has sessions')
})

test('refuses guesses: from one address, many at once, and says how long to wait', async () => {
	const { url } = await websiteOf(new PlaySite())
	await answerOf(`${url}/api/passwords`, {}, 'POST', { change: CHANGE })
	const all = await Promise.all(Array.from({ length: 40 }, (_, index) => post(url, '/session', { password: `guess number ${index}` })))
	const statuses = all.map(({ status }) => status)
	assert.not(statuses.includes(200))
	assert.ok(statuses.filter((status) => status === 401).length <= 10, statuses.join())
	const late = await post(url, '/session', { password: CHANGE })
	assert.is(late.status, 429, 'also the right one has to wait')
	assert.ok(Number(late.headers['retry-after']) > 800)
	assert.is((await answerOf(`${url}/api/meters`)).status, 200, 'the machine itself is not locked out')
})

test('takes as long for a wrong password as without any', async () => {
	const access = new Access({ file: undefined, tell: () => undefined, ended: () => undefined })
	const caller = (address: string) => callerOf(address, {}, proxiesOf([]).proxies)
	const time = async (address: string) => {
		const started = performance.now()
		await access.signIn('wrong', caller(address))
		return performance.now() - started
	}
	await time('192.0.2.9')
	const without = Math.min(await time('192.0.2.1'), await time('192.0.2.2'), await time('192.0.2.3'))
	await access.setPasswords({ change: CHANGE, look: LOOK }, true, caller('127.0.0.1'))
	const wrong = Math.min(await time('192.0.2.4'), await time('192.0.2.5'), await time('192.0.2.6'))
	assert.ok(without > 15 && wrong / without < 3 && without / wrong < 3, `${without} ms, ${wrong} ms`)
})

test('lets the link hold for a day', async () => {
	let now = 0
	const access = new Access({ file: undefined, tell: () => undefined, ended: () => undefined, now: () => now })
	const token = access.invite() ?? ''
	const stranger = callerOf('192.0.2.1', {}, proxiesOf([]).proxies)
	now = 25 * 3_600_000
	assert.is(((await access.setPasswords({ change: CHANGE, token }, false, stranger)) as { code?: string }).code, 'link-used')
	const next = access.invite() ?? ''
	const [one, two] = await Promise.all([
		access.setPasswords({ change: CHANGE, token: next }, false, stranger),
		access.setPasswords({ change: 'faster by a little', token: next }, false, stranger),
	])
	assert.is([one, two].filter((outcome) => 'secret' in outcome).length, 1, 'it is used once')
	assert.is(access.invite(), undefined)
})

test('says that a password is not kept which the disk does not take', async () => {
	const file = join(folder.path, 'a-file')
	writeFileSync(file, '')
	const { url } = await websiteOf(new PlaySite(), { http: { port: 0 }, accessFile: join(file, 'main.access.json') })
	const set = await answerOf(`${url}/api/passwords`, {}, 'POST', { change: CHANGE })
	assert.is(jsonOf<Session>(set).kept, false)
})

test.run()
