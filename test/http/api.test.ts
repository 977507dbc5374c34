import * as assert from 'uvu/assert'
import { answersOf } from '../../engine/http/route.ts'
import { routes } from '../../engine/http/routes.ts'
import type { ConfigDoor, HistoryDoor } from '../../engine/http/site.ts'
import { Refusal } from '../../engine/setup/refusal.ts'
import type { History, MeterList, Session } from '../../schema/types/api.ts'
import type { bodies } from '../../schema/types/bodies.ts'
import { invalidAnswer } from '../support/answers.ts'
import { type Answered, answerOf, closeWebsites, codeOf, jsonOf, PlaySite, snapshot, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('api', { limit: 20_000 })
test.after(closeWebsites)

/** A body for each definition of one. */
const BODIES: Record<keyof typeof bodies, object> = {
	SignIn: { password: 'wrong' },
	Passwords: { change: 'a long password' },
	RecordingRequest: { seconds: 60 },
	OutputSwitch: { enabled: true },
	ConfigEdit: { text: '{}' },
	ProbeRequest: { transport: { kind: 'serial', path: '/dev/ttyUSB0' } },
	KeysGiven: { encryption: '00' },
	BrokerRequest: { mqtt: { url: 'mqtt://localhost', username: 'me', password: 'secret' } },
	HeardRequest: { seconds: 5 },
	NewMeter: { name: 'house', profile: 'ekz-e450', transport: { path: '/dev/ttyUSB0' } },
	MeterChange: { title: 'Main house', fuse: null },
	WorkbenchRequest: { profile: { name: 'mine', text: '{}' }, source: { text: '7E' }, samples: true },
	ProfileSave: { text: '{}' },
	DraftRequest: { name: 'mine', from: 'empty' },
	SampleAdd: { source: { meter: 'house' }, text: '{}' },
	SampleAccept: { text: '{}' },
	ZipRequest: { text: '{}' },
}

const isBody = (name: string): name is keyof typeof bodies => name in BODIES

test('answers each route with what its description says', async () => {
	const { url } = await websiteOf(new PlaySite())
	let asked = 0
	for (const route of routes) {
		const { method, path, body } = route
		if (path === '/events') continue
		const full = `${url}/api${path.replace(':name', 'house').replace('/telegrams/:id', '/telegrams/1').replace('/recordings/:id', '/recordings/r1').replace(':id', 'one').replace(':sample', 'a')}`
		assert.ok(!body || isBody(body.name), body?.name)
		const answer = await answerOf(
			full,
			{ 'if-match': '"one"' },
			method.toUpperCase(),
			body && isBody(body.name) ? BODIES[body.name] : undefined,
		)
		const what = `${method} ${path}: ${answer.status} ${answer.text}`
		const stated = answersOf(route)[answer.status]
		assert.ok(stated, what)
		assert.ok(answer.status < 400 || path === '/session', what)
		const type = String(answer.headers['content-type'] ?? '').split(';')[0]
		if (stated.types) assert.ok(stated.types.includes(type ?? '') || stated.value !== undefined, what)
		if (stated.value !== undefined && type === 'application/json') assert.is(invalidAnswer(stated.value, jsonOf(answer)), '', what)
		if (answer.status === 204) assert.is(answer.text, '')
		asked++
	}
	assert.ok(asked > 30, `${asked}`)
})

test('sends the names in a refusal apart, for its translation', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const problem = {
		code: 'port-used',
		text: 'The meter "house" reads this port.',
		hint: 'Switch it off.',
		params: { meter: 'house', n: 1 },
	}
	if (site.setup) site.setup.probe = () => new Refusal(409, problem)
	const answer = await answerOf(`${url}/api/setup/probes`, {}, 'POST', BODIES.ProbeRequest)
	assert.is(answer.status, 409)
	const { text: message, ...same } = problem
	assert.equal(jsonOf(answer), { error: { ...same, message } })
	assert.is(invalidAnswer('Failure', jsonOf(answer)), '')
	assert.equal(new Refusal(409, problem).problem, problem)
})

test('describes each route, and nothing else', async () => {
	const { url } = await websiteOf(new PlaySite())
	type Operation = {
		operationId: string
		responses: Record<string, object>
		requestBody?: object
		parameters?: { name: string; in: string }[]
	}
	const found = jsonOf<{
		openapi: string
		paths: Record<string, Record<string, Operation>>
		components: { schemas: Record<string, object> }
	}>(await answerOf(`${url}/api/openapi.json`))
	assert.is(found.openapi, '3.1.0')
	const described = Object.entries(found.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
	assert.equal(described.sort(), routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort())
	const text = JSON.stringify(found)
	const wanted = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target)
	assert.ok(wanted.length > 100)
	for (const target of wanted) {
		const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(target) ?? []
		assert.ok(Object.hasOwn(found.components.schemas, name), target)
	}
	const operations = Object.values(found.paths).flatMap((methods) => Object.values(methods))
	assert.is(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
	for (const [path, methods] of Object.entries(found.paths))
		for (const { parameters = [], responses } of Object.values(methods)) {
			const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
			assert.equal(
				inPath,
				[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
				path,
			)
			assert.ok(Object.keys(responses).length > 0)
		}
})

test('shows meters with what is wrong and their fields', async () => {
	const site = new PlaySite()
	const silent = snapshot('garage', { online: false, title: 'Garage', fuse: 25 })
	site.snapshots.push({
		...silent,
		diagnostics: { ...silent.diagnostics, cause: 'no-bytes', silence: 'nothing arrives: is the cable in?' },
	})
	site.missing.push({ name: 'cellar', detail: 'its profile cannot be used' })
	site.connected = false
	const { url } = await websiteOf(site)
	const list = jsonOf<MeterList>(await answerOf(`${url}/api/meters`))
	assert.equal(
		list.meters.map(({ name, status, cause }) => [name, status, cause]),
		[
			['house', 'online', undefined],
			['garage', 'silent', 'no-bytes'],
			['cellar', 'stopped', undefined],
		],
	)
	const [house, garage, cellar] = list.meters
	assert.equal(
		house?.fields.map(({ name, unit, class: quantity }) => [name, unit, quantity]),
		[
			['power_import', 'W', 'power'],
			['energy_import', 'Wh', 'energy'],
			['submeters.1.volume', 'm³', 'gas'],
		],
	)
	assert.is(garage?.problems[0]?.text, 'nothing arrives: is the cable in?')
	assert.is(garage?.state.energy_import, 482_939, 'the last known counters stay')
	assert.is(cellar?.problems[0]?.text, 'its profile cannot be used')
	assert.is(list.problems[0]?.code, 'broker')
	assert.is((await answerOf(`${url}/api/meters/cellar`)).status, 200)
	assert.is(codeOf(await answerOf(`${url}/api/meters/nowhere`)), 'meter')
})

test('gives history in the span that is asked for, as JSON, CSV or a file', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const history = `${url}/api/meters/house/history`
	const found = jsonOf<History>(await answerOf(`${history}?from=2026-11-01&to=2026-11-28T00:00:00%2B01:00&step=day`))
	assert.equal(site.asked.at(-1), { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 27, 23), step: 'day' })
	assert.is(found.bars[0]?.import, 1200)
	const csv = await answerOf(`${history}?format=csv&to=2026-11-28`)
	assert.match(String(csv.headers['content-disposition']), /^attachment; filename="house-day-2026-10-28\.csv"$/)
	assert.is(
		csv.text,
		'kind,start,end,import_wh,export_wh,peak_w,peak_start,cost,revenue,currency,complete\r\nbar,2026-11-28T00:00:00+01:00,2026-11-29T00:00:00+01:00,1200,0,,,0.35,,CHF,true\r\n',
	)
	assert.match(String((await answerOf(`${history}?format=json`)).headers['content-disposition']), /\.json"$/)
	for (const query of [
		'step=week',
		'from=yesterday',
		'from=2026-11-28&to=2026-11-27',
		'from=2000-01-01&step=minute',
		'to=9999-99-99',
		'from=0',
	])
		assert.is((await answerOf(`${history}?${query}`)).status, 400, query)
	site.history = undefined
	assert.is(codeOf(await answerOf(history)), 'not-here')
})

test('changes the config only on the text that was read', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const put = (headers: Record<string, string>) => answerOf(`${url}/api/config`, headers, 'PUT', { text: '{ }' })
	assert.is((await answerOf(`${url}/api/config`)).headers.etag, '"one"')
	assert.is(codeOf(await put({})), 'if-match')
	const other = await put({ 'if-match': '"older"' })
	assert.is(other.status, 412)
	assert.equal(jsonOf(other), { error: { code: 'changed', message: 'Changed.', text: site.text, etag: 'one' } })
	assert.is((await put({ 'if-match': '"one"' })).status, 200)
	assert.is(site.text, '{ }')
	assert.is((await put({ 'if-match': '*' })).status, 200)
	const long = await answerOf(`${url}/api/config`, { 'if-match': '*' }, 'PUT', { text: 'x'.repeat(1024 * 1024) })
	assert.is(long.status, 200, long.text)
})

test('lists meters that are switched off, as stopped and without a problem: they can be switched on again', async () => {
	const site = new PlaySite()
	const { now } = site
	site.now = () => ({ ...now.call(site), off: [{ name: 'barn', title: 'Barn', profile: 'ekz-e450' }] })
	const { url } = await websiteOf(site)
	const { meters } = jsonOf<MeterList>(await answerOf(`${url}/api/meters`))
	assert.equal(
		meters.map(({ name, status, problems }) => [name, status, problems.length]),
		[
			['house', 'online', 0],
			['barn', 'stopped', 0],
		],
	)
	assert.is((await answerOf(`${url}/api/meters/barn`)).status, 200)
	assert.is(jsonOf<{ status: string }>(await answerOf(`${url}/health`)).status, 'ok')
})

test('undoes the change that is named', async () => {
	const site = new PlaySite()
	const asked: (string | undefined)[] = []
	site.config = {
		...(site.config as ConfigDoor),
		undo: (etag) => {
			asked.push(etag)
			return { etag: 'one', applied: true }
		},
	}
	const { url } = await websiteOf(site)
	for (const match of [{ 'if-match': '"two"' }, { 'if-match': '*' }, {}])
		assert.is((await answerOf(`${url}/api/config/undo`, match, 'POST')).status, 200)
	assert.equal(asked, ['two', undefined, undefined])
})

test('says in words what is wrong with a body, and never repeats a key', async () => {
	const { url } = await websiteOf(new PlaySite())
	const post = async (path: string, body: object | string, headers = {}) => answerOf(`${url}/api${path}`, headers, 'POST', body)
	const said = async (path: string, body: object) => jsonOf<{ error: { message: string } }>(await post(path, body)).error.message
	assert.is(await said('/meters/house/recording', { seconds: 601 }), 'Seconds must be <= 600.')
	assert.is(await said('/meters/house/recording', {}), '"seconds" is missing in the request.')
	assert.is(await said('/setup/meters', { ...BODIES.NewMeter, name: 'a b' }), 'This does not fit name.')
	assert.match(await said('/setup/probes', { transport: { kind: 'carrier pigeon' } }), /no value for transport\.kind/)
	const key = '00112233445566778899AABBCCDDEEFF'
	const wrong = await post('/setup/probes/one/keys', { encryption: key.repeat(20), [key]: 1 })
	assert.is(wrong.status, 422)
	assert.not(wrong.text.includes(key.slice(0, 16)), wrong.text)
	assert.is((await post('/config/undo', '')).status, 200, 'a request without a body needs none')
	assert.is(
		codeOf(await post('/meters/house/recording', 'seconds=3', { 'content-type': 'application/x-www-form-urlencoded' })),
		'body-type',
	)
	assert.is(codeOf(await post('/meters/house/recording', '{"seconds":', { 'content-type': 'application/json' })), 'body-json')
})

test('says that meters are read while the broker is away only where there are any', async () => {
	const site = new PlaySite()
	site.connected = false
	const { url } = await websiteOf(site)
	const hint = async () => jsonOf<MeterList>(await answerOf(`${url}/api/meters`)).problems[0]?.hint
	assert.match(String(await hint()), /The meters are read/)
	site.snapshots = []
	assert.is(await hint(), undefined, 'the config is being taken over')
})

test('says in words that the disk does not let a history go', async () => {
	const site = new PlaySite()
	site.history = {
		...(site.history as HistoryDoor),
		forget: () => {
			throw new Error('disk I/O error')
		},
	}
	const { url, lines } = await websiteOf(site)
	const answer = await answerOf(`${url}/api/meters/house/history`, {}, 'DELETE')
	assert.is(answer.status, 503)
	assert.match(answer.text, /"code":"history-disk","message":"The history cannot be deleted \(disk I\/O error\)\."/)
	assert.equal(lines, [], 'nothing to report')
})

test('tells what may be done, and what is not there', async () => {
	const { url } = await websiteOf(new PlaySite())
	const session = jsonOf<Session>(await answerOf(`${url}/api/session`))
	assert.equal(session, { version: '0.0.0', needed: false, rights: 'change', passwordSet: false, lookSet: false, kept: false })
	const method = await answerOf(`${url}/api/meters`, {}, 'DELETE')
	assert.is(method.status, 405)
	assert.is(method.headers.allow, 'GET')
	assert.is(codeOf(await answerOf(`${url}/api/nothing`)), 'route')
	assert.is(codeOf(await answerOf(`${url}/api`)), 'route')
	assert.is((await answerOf(`${url}/api/meters`, {}, 'HEAD')).text, '')
	const gzip: Answered = await answerOf(`${url}/api/openapi.json`, { 'accept-encoding': 'gzip;q=0, br;q=1.0' })
	assert.is(gzip.headers['content-encoding'], 'br')
	assert.is((await answerOf(`${url}/api/openapi.json`, { 'accept-encoding': 'identity' })).headers['content-encoding'], undefined)
})

test.run()
