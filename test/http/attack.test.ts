import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import * as assert from 'uvu/assert'
import type { History } from '../../schema/types/api.ts'
import { eventually } from '../support/engine-of.ts'
import { deadline } from '../support/pace.ts'
import { AFAR, answerOf, closeWebsites, codeOf, jsonOf, PlaySite, snapshot, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('attack', { limit: 60_000 })
test.after(closeWebsites)

/** The changes that are asked of this server, without anything that tells a browser from a program. */
const CHANGES = [
	['POST', '/api/config/undo', ''],
	['POST', '/api/passwords', { change: 'a new password' }],
	['PUT', '/api/config', { text: '{}' }],
	['DELETE', '/api/meters/house', undefined],
	['DELETE', '/api/meters/house/history', undefined],
	['POST', '/api/setup/meters', { name: 'x', profile: 'ekz-e450', transport: {} }],
] as const

test('changes nothing for a page of another origin, whatever a browser lets it send', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const port = new URL(url).port
	for (const [method, path, body] of CHANGES)
		for (const headers of [
			{ origin: 'http://evil.example' },
			{ origin: 'null' },
			{ origin: `http://127.0.0.1:${Number(port) + 1}` },
			{ origin: `http://127.0.0.1.evil.example:${port}` },
			{ origin: `http://localhost:${port}`, host: `127.0.0.1:${port}` },
			{ 'sec-fetch-site': 'cross-site' },
			{ 'sec-fetch-site': 'same-site' },
			{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
			{ origin: url, 'sec-fetch-site': 'cross-site' },
		]) {
			const answer = await answerOf(url + path, { 'if-match': '*', ...headers } as unknown as Record<string, string>, method, body)
			assert.is(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}: ${answer.text}`)
		}
	assert.equal(site.asked, [])
	const own = await answerOf(`${url}/api/config/undo`, { origin: url, 'sec-fetch-site': 'same-origin' }, 'POST')
	assert.is(own.status, 200)
})

test('takes no form: a body is JSON, and says so', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	for (const type of [
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'text/plain',
		'text/plain; application/json',
		'application/jsonp',
		'',
	])
		assert.is(
			codeOf(await answerOf(`${url}/api/setup/meters`, { 'content-type': type }, 'POST', '{"name":"x","profile":"p","transport":{}}')),
			'body-type',
			type,
		)
	assert.equal(site.asked, [])
})

test('answers no foreign name, and no foreign page that only reads', async () => {
	const { url } = await websiteOf(new PlaySite())
	for (const path of ['/', '/api/meters', '/api/session', '/api/events', '/health', '/metrics']) {
		for (const host of ['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.nip.io', 'localhost:80:80', '[::1].evil'])
			assert.ok([400, 403].includes((await answerOf(url + path, { host })).status), `${path} ${host}`)
		for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }])
			assert.is((await answerOf(url + path, headers as unknown as Record<string, string>)).status, 403, path)
	}
	const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
	assert.is.not((await answerOf(`${url}/`, link)).status, 403, 'a link elsewhere leads to the page')
	assert.is((await answerOf(`${url}/api/meters`, link)).status, 403)
	const { headers } = await answerOf(`${url}/api/meters`, { origin: 'http://evil.example' })
	assert.is(headers['access-control-allow-origin'], undefined)
	assert.is(headers['cross-origin-resource-policy'], 'same-origin')
	assert.is((await answerOf(`${url}/api/meters`, {}, 'OPTIONS')).status, 405)
})

test('reads no more of a body than it takes', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const long = { 'content-type': 'application/json' }
	assert.is(codeOf(await answerOf(`${url}/api/setup/meters`, long, 'POST', `"${'x'.repeat(20_000)}"`)), 'body-size')
	assert.is(codeOf(await answerOf(`${url}/api/config`, { ...long, 'if-match': '*' }, 'PUT', `"${'x'.repeat(1_300_000)}"`)), 'body-size')
	// In pieces, without a length.
	const { socket, closed } = await open(url)
	socket.write('POST /api/setup/meters HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n')
	let written = 0
	const piece = `4000\r\n${'x'.repeat(0x4000)}\r\n`
	while (!socket.destroyed && written < 200e6) {
		written += piece.length
		if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
	}
	assert.match(await closed, /^HTTP\/1\.1 413 /)
	assert.ok(written < 100e6, `${written} bytes were taken`)
	for (const text of [
		'['.repeat(16_000),
		'{"a":'.repeat(3000),
		'{"transport":{"kind":"serial","__proto__":{"kind":1}}}',
		'null',
		'[]',
		'"x"',
		'1e999',
		'\ud800',
	])
		assert.ok([400, 422].includes((await answerOf(`${url}/api/setup/probes`, long, 'POST', text)).status), text.slice(0, 60))
	assert.equal(site.asked, [])
})

test('takes keys of prototypes for what they are', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const post = (path: string, text: string) => answerOf(url + path, { 'content-type': 'application/json' }, 'POST', text)
	for (const text of [
		'{"__proto__":{"seconds":5}}',
		'{"constructor":{"prototype":{"seconds":5}},"seconds":5}',
		'{"seconds":5,"__proto__":{"x":1}}',
		'{"seconds":"5"}',
		'{"seconds":[5]}',
		'{"seconds":5,"toString":1}',
	])
		assert.ok([400, 422].includes((await post('/api/meters/house/recording', text)).status), text)
	assert.is(({} as { seconds?: number }).seconds, undefined)
	for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '..%2f..%2fetc', '%00', '%F0%9F%98%80', 'a%22b'])
		assert.is((await answerOf(`${url}/api/meters/${name}`)).status, 404, name)
	assert.equal(site.asked, [])
})

/** A connection by hand: what comes back, once it is closed. */
async function open(url: string): Promise<{ socket: Socket; closed: Promise<string> }> {
	const { hostname, port } = new URL(url)
	const socket = connect(Number(port), hostname)
	let text = ''
	socket.on('data', (piece) => {
		text += piece.toString('latin1')
	})
	socket.on('error', () => undefined)
	const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)))
	await new Promise((resolve) => socket.once('connect', resolve))
	return { socket, closed }
}

test('injects no header, whatever stands in a request', async () => {
	const { url } = await websiteOf(new PlaySite(), { http: { port: 0, path: '/meter' } })
	const base = url.replace('/meter', '')
	for (const path of [
		'/meter%0d%0aX-Evil:%201',
		'/meter/%0d%0aX-Evil:%201',
		'/api/meters/house/history?format=csv&from=2026-11-01%0d%0aX-Evil:1',
		'//evil.example/meter',
		'/meter//evil.example',
	])
		for (const method of ['GET', 'POST']) {
			const { headers, text } = await answerOf(base + path, {}, method)
			assert.not('x-evil' in headers, path)
			assert.not.match(String(headers.location ?? ''), /evil/, path)
			assert.not.match(text, /^X-Evil/m)
		}
	const recording = await answerOf(`${base}/api/recordings/r1`)
	assert.is(recording.headers['content-disposition'], 'attachment; filename="house__x___.capture.jsonl"')
	for (const head of [
		'GET / HTTP/1.1\r\n\r\n',
		'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
		'GET http://evil.example/api/meters HTTP/1.1\r\nHost: evil.example\r\n\r\n',
		'GET /api/meters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
		'GET \\..\\etc HTTP/1.1\r\nHost: localhost\r\n\r\n',
		'CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n',
		'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n',
		`GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`,
		'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
	]) {
		const { socket, closed } = await open(base)
		socket.end(head)
		const answer = await closed
		assert.match(answer, /^(HTTP\/1\.1 (4\d\d|308) |$)/, `${head}: ${answer}`)
	}
	assert.is((await answerOf(`${base}/api/meters`)).status, 200)
})

test('waits for nobody who sends slowly or not at all', async () => {
	const { url } = await websiteOf(new PlaySite())
	const starts = ['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ']
	const all = await Promise.all(
		Array.from({ length: 60 }, async (_, index) => {
			const { socket, closed } = await open(url)
			socket.write(starts[index % 3] ?? '')
			return { socket, closed }
		}),
	)
	const drip = setInterval(() => {
		for (const { socket } of all) if (!socket.destroyed) socket.write('a')
	}, 500)
	assert.is((await answerOf(`${url}/api/meters`)).status, 200, 'others are answered meanwhile')
	let isLate = false
	const cancel = deadline(30_000, () => {
		isLate = true
		for (const { socket } of all) socket.destroy()
	})
	await Promise.all(all.map(({ closed }) => closed))
	cancel()
	clearInterval(drip)
	assert.not(isLate, 'some were still connected after 30 s')
})

/** An address of this machine that is not the machine itself. */
const outer = Object.values(networkInterfaces())
	.flatMap((some) => some ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address
if (outer === undefined) console.log('SKIPPED what other machines may: this one has no address')
else {
	/** A page that is open to the house, as another machine reaches it. */
	const house = async (site = new PlaySite()) => {
		const { url } = await websiteOf(site, { http: { port: 0, host: '0.0.0.0' } })
		return { local: url, far: url.replace(/localhost|0\.0\.0\.0/, outer) }
	}

	test('lets no other machine have all connections', async () => {
		const { local, far } = await house()
		const all = await Promise.all(Array.from({ length: 140 }, () => open(far)))
		await new Promise((resolve) => setTimeout(resolve, 500))
		const alive = all.filter(({ socket }) => !socket.destroyed).length
		assert.ok(alive <= 100, `${alive}`)
		assert.is((await answerOf(`${local}/api/meters`)).status, 200)
		for (const { socket } of all) socket.destroy()
		await Promise.all(all.map(({ closed }) => closed))
		const answered = () =>
			answerOf(`${far}/api/session`).then(
				({ status }) => status === 200,
				() => false,
			)
		for (let count = 0; count < 50 && !(await answered()); count++) await new Promise((resolve) => setTimeout(resolve, 100))
		assert.ok(await answered(), 'once they are gone there is room')
	})

	test('lets no other machine ask without end', async () => {
		const { local, far } = await house()
		const statuses = await Promise.all(
			Array.from({ length: 90 }, async () => {
				const some: number[] = []
				for (let count = 0; count < 12; count++)
					some.push(
						await answerOf(`${far}/api/session`).then(
							({ status }) => status,
							() => 0,
						),
					)
				return some
			}),
		)
		const all = statuses.flat()
		const count = (status: number) => all.filter((one) => one === status).length
		assert.ok(count(200) >= 200 && count(429) > 300, `${count(200)} answered, ${count(429)} refused of ${all.length}`)
		assert.is((await answerOf(`${local}/api/session`)).status, 200, 'this machine is not counted')
	})
}

test('gives script in a text of a meter as text, and shows nothing unseen', async () => {
	const script = '</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u0000\u2028'
	const site = new PlaySite()
	site.snapshots = [snapshot('house', { title: script, profileTitle: script, state: { id: script, extra: { [script]: script } } })]
	site.missing = [{ name: 'gone', detail: script }]
	const { url } = await websiteOf(site)
	for (const path of [
		'/api/meters',
		'/api/meters/house',
		`/api/meters/${encodeURIComponent(script)}`,
		`/api/${encodeURIComponent(script)}`,
		`/${encodeURIComponent(script)}`,
		`/api/meters/house/history?step=${encodeURIComponent(script)}`,
	]) {
		const answer = await answerOf(url + path)
		assert.match(String(answer.headers['content-type']), /^(application\/json|text\/plain); charset=utf-8$/, path)
		assert.is(answer.headers['x-content-type-options'], 'nosniff')
		assert.not.match(answer.text, /[\u202e\u2028]|\0/, path)
	}
	assert.is(jsonOf<{ title: string }>(await answerOf(`${url}/api/meters/house`)).title, script, 'its value stays')
	const host = await answerOf(url, { host: '<script>alert(1)</script>' })
	assert.match(String(host.headers['content-type']), /^(text\/plain|application\/json)/)
})

test('gives no secret away, to nobody', async () => {
	const SECRET = 'S3cret-Canary-0123456789'
	const site = new PlaySite()
	const { url, lines } = await websiteOf(site)
	const change = { change: SECRET, look: `${SECRET}-look` }
	const answers = [
		await answerOf(`${url}/api/passwords`, {}, 'POST', change),
		await answerOf(`${url}/api/session`, AFAR, 'POST', { password: SECRET }),
		await answerOf(`${url}/api/session`, AFAR, 'POST', { password: `${SECRET} wrong` }),
		await answerOf(`${url}/api/session`, {}, 'POST', { password: 1, [SECRET]: SECRET }),
		await answerOf(`${url}/api/setup/probes/one/keys`, {}, 'POST', { encryption: SECRET.repeat(20) }),
		await answerOf(`${url}/api/setup/probes/one/keys`, {}, 'POST', { encryption: SECRET }),
		await answerOf(`${url}/api/setup/broker`, {}, 'POST', { mqtt: { url: 'mqtt://localhost', password: SECRET.repeat(100) } }),
		await answerOf(`${url}/api/setup/broker`, {}, 'POST', { mqtt: { url: 'mqtt://localhost', password: SECRET } }),
		await answerOf(`${url}/api/setup/broker`, {}, 'POST', `{"mqtt":{"password":"${SECRET}"}`),
		await answerOf(`${url}/metrics`, { ...AFAR, authorization: `Basic ${Buffer.from(`x:${SECRET}`).toString('base64')}` }),
		...(await Promise.all(
			['/session', '/meters', '/config', '/diagnostics', '/log', '/openapi.json'].map((path) => answerOf(`${url}/api${path}`)),
		)),
	]
	for (const { text, status } of answers) assert.not(text.includes(SECRET), `${status} ${text}`)
	assert.not(lines.join('').includes(SECRET))
})

test('makes one long answer at a time, until it is read', async () => {
	const site = new PlaySite()
	const bars = site.history?.bars
	if (!site.history || !bars) throw new Error('no history')
	const bar = { start: '2026-11-28T00:00:00+01:00', end: '2026-11-28T00:15:00+01:00', import: 1, complete: true }
	site.history.bars = (meter, query) => ({ ...(bars(meter, query) as History), bars: Array.from({ length: 60_000 }, () => bar) })
	const { url } = await websiteOf(site)
	const long = '/api/meters/house/history?step=quarter&from=2026-01-01&to=2026-11-01'
	const { socket, closed } = await open(url)
	socket.pause()
	socket.write(`GET ${long} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
	let answer = await answerOf(url + long)
	for (let count = 0; answer.status === 200 && count < 20; count++) answer = await answerOf(url + long)
	assert.is(answer.status, 429, 'while it is not read')
	assert.is((await answerOf(`${url}/api/meters/house/history?step=day`)).status, 200, 'others are short')
	socket.destroy()
	await closed
	for (let count = 0; answer.status === 429 && count < 50; count++) {
		await new Promise((resolve) => setTimeout(resolve, 50))
		answer = await answerOf(url + long)
	}
	assert.is(answer.status, 200, 'once it has gone')
	assert.is((await answerOf(url + long)).status, 200, 'one after the other')
})

test('ends the streams of events when it cannot tell what happens, and goes on', async () => {
	const site = new PlaySite()
	const { url, lines } = await websiteOf(site)
	const { socket, closed } = await open(url)
	socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
	await eventually(
		() => site.listeners === 1,
		() => 'nobody listens',
	)
	site.meter = () => {
		throw new Error('a fault of ours')
	}
	site.emit({ kind: 'reading', meter: 'house' })
	await eventually(
		() => site.listeners === 0,
		() => 'still listening',
	)
	assert.match(lines.join(''), /a fault of ours/)
	assert.is((await answerOf(`${url}/api/session`)).status, 200)
	socket.destroy()
	await closed
})

test('answers a fault of ours with no more than that it failed', async () => {
	const site = new PlaySite()
	site.now = () => {
		throw new Error('inner /etc/path')
	}
	const { url, lines } = await websiteOf(site)
	const answer = await answerOf(`${url}/api/meters`)
	assert.is(answer.status, 500)
	assert.not.match(answer.text, /inner/)
	assert.match(lines.join(''), /please report/)
	assert.is((await answerOf(`${url}/api/session`)).status, 200)
})

test.run()
