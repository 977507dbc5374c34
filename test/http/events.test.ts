import { connect, type Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { invalidEvent } from '../support/answers.ts'
import { eventually } from '../support/engine-of.ts'
import { settle } from '../support/pace.ts'
import { AFAR, answerOf, closeWebsites, cookieOf, PlaySite, snapshot, websiteOf } from '../support/site.ts'
import { suite } from '../support/suite.ts'

const test = suite('events', { limit: 60_000 })
test.after(closeWebsites)

type Heard = { event: string; data: unknown; at: number }

/** Listens, and keeps what comes. */
async function listen(url: string, headers: Record<string, string> = {}, query = '') {
	const ending = new AbortController()
	const response = await fetch(`${url}/api/events${query}`, { headers, signal: ending.signal })
	const heard: Heard[] = []
	const failures: unknown[] = []
	let [rest, isOver, comments] = ['', false, 0]
	const reading = (async () => {
		for await (const piece of response.body ?? []) {
			rest += Buffer.from(piece).toString()
			const parts = rest.split('\n\n')
			rest = parts.pop() ?? ''
			for (const part of parts) {
				const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? []
				if (event !== undefined && data !== undefined) assert.is(invalidEvent(event, JSON.parse(data)), '')
				if (event !== undefined && data !== undefined) heard.push({ event, data: JSON.parse(data), at: performance.now() })
				else comments++
			}
		}
	})()
		.catch((error: unknown) => {
			if (!ending.signal.aborted) failures.push(error)
		})
		.finally(() => {
			isOver = true
		})
	return {
		response,
		heard,
		of: (event: string) => heard.filter((one) => one.event === event),
		isOver: () => isOver,
		comments: () => comments,
		async close() {
			ending.abort()
			await reading
			assert.equal(failures, [])
		},
	}
}

test('begins with all meters, and tells each reading at most once a second', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const client = await listen(url)
	assert.is(client.response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
	await eventually(
		() => client.of('meters').length === 1,
		() => JSON.stringify(client.heard),
	)
	assert.match(JSON.stringify(client.of('meters')[0]?.data), /"name":"house"/)
	const started = performance.now()
	for (let count = 0; performance.now() - started < 2500; count++) {
		site.snapshots = [snapshot('house', { state: { power_import: count } })]
		site.emit({ kind: 'reading', meter: 'house' })
		await new Promise((resolve) => setTimeout(resolve, 5))
	}
	await eventually(
		() => client.of('reading').length >= 3,
		() => JSON.stringify(client.heard),
	)
	const all = client.of('reading')
	const span = performance.now() - started
	assert.ok(all.length <= 2 + span / 1000, `${all.length} in ${span} ms`)
	assert.ok((all[0]?.at ?? 0) - started < 900, 'the first comes at once')
	await client.close()
})

test('tells what happens to a meter, and the list again', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const client = await listen(url)
	const { diagnostics } = snapshot('house')
	site.snapshots = [snapshot('house', { online: false, diagnostics: { ...diagnostics, cause: 'port', silence: 'the port is gone' } })]
	await eventually(
		() => site.listeners === 1,
		() => 'nobody listens',
	)
	site.emit({ kind: 'availability', meter: 'house' })
	site.emit({ kind: 'diagnostics', message: diagnostics })
	site.emit({ kind: 'log', entry: { n: 1, time: '2026-11-28T11:00:00.000Z', level: 'info', text: 'a line' } })
	site.emit({ kind: 'setup', progress: { id: 'h', state: 'listening', heard: [] } })
	await eventually(
		() => client.of('meters').length === 2,
		() => JSON.stringify(client.heard),
	)
	assert.equal(client.of('availability')[0]?.data, {
		meter: 'house',
		online: false,
		cause: 'port',
		problems: [{ code: 'port', text: 'the port is gone', since: '2026-11-28T11:00:01.000Z' }],
	})
	assert.is(client.of('diagnostics').length, 1)
	assert.is(client.of('setup').length, 1)
	assert.is(client.of('log').length, 0, 'only when asked for')
	await client.close()
	await eventually(
		() => site.listeners === 0,
		() => 'still listening',
	)
})

test('tells the log and the setup to those who may change only, and ends with the session', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	await answerOf(`${url}/api/passwords`, {}, 'POST', { change: 'correct horse', look: 'only to look' })
	const signIn = async (password: string) => ({
		...AFAR,
		cookie: cookieOf(await answerOf(`${url}/api/session`, AFAR, 'POST', { password })),
	})
	const [looks, changes] = [await signIn('only to look'), await signIn('correct horse')]
	const [looker, changer] = [await listen(url, looks), await listen(url, changes, '?log=1')]
	await eventually(
		() => looker.heard.length > 0 && changer.heard.length > 0,
		() => 'no list',
	)
	site.emit({ kind: 'log', entry: { n: 1, time: '2026-11-28T11:00:00.000Z', level: 'warn', text: 'a line' } })
	site.emit({ kind: 'setup', progress: { id: 'h', state: 'listening', heard: [] } })
	site.emit({ kind: 'reading', meter: 'house' })
	await eventually(
		() => looker.of('reading').length > 0 && changer.of('reading').length > 0,
		() => 'no reading',
	)
	assert.equal(
		[looker, changer].map((one) => [one.of('log').length, one.of('setup').length]),
		[
			[0, 0],
			[1, 1],
		],
	)
	await answerOf(`${url}/api/session`, changes, 'DELETE')
	await eventually(changer.isOver, () => 'the stream outlives its session')
	assert.not(looker.isOver())
	await looker.close()
})

/** Opens a stream by hand, and reads nothing of it. */
const deaf = (url: string): Promise<Socket> =>
	new Promise((resolve, reject) => {
		const { hostname, port } = new URL(url)
		const socket = connect(Number(port), hostname, () => {
			socket.pause()
			socket.write(`GET /api/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
			resolve(socket)
		})
		socket.on('error', reject)
	})

test('drops one who does not read, and the others go on', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const socket = await deaf(url)
	const client = await listen(url)
	await eventually(
		() => client.heard.length > 0,
		() => 'no list',
	)
	let [isClosed, sent] = [false, 0]
	socket.on('close', () => {
		isClosed = true
	})
	const before = process.memoryUsage().rss
	const text = 'x'.repeat(100_000)
	for (; sent < 400 && !isClosed; sent++) {
		site.emit({ kind: 'diagnostics', message: { ...snapshot('house').diagnostics, port: text } })
		await new Promise((resolve) => setTimeout(resolve, 5))
		// The end of a connection is heard by one who reads only.
		if (sent % 100 === 99) socket.resume()
	}
	await eventually(
		() => isClosed,
		() => `${sent} events were sent`,
	)
	await eventually(
		() => client.of('diagnostics').length === sent,
		() => `${client.of('diagnostics').length} of ${sent}`,
	)
	assert.ok(process.memoryUsage().rss - before < 200e6)
	await client.close()
})

test('stands a thousand who want events: fifty get them, and readings go on', async () => {
	const site = new PlaySite()
	const { url } = await websiteOf(site)
	const client = await listen(url)
	const flood = await Promise.allSettled(Array.from({ length: 1000 }, () => deaf(url)))
	await settle(300)
	const sockets = flood.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
	for (const socket of sockets) socket.on('error', () => undefined)
	site.emit({ kind: 'reading', meter: 'house' })
	await eventually(
		() => client.of('reading').length > 0,
		() => 'no reading',
	)
	for (const socket of sockets) socket.destroy()
	await client.close()
	await eventually(
		() => site.listeners === 0,
		() => 'still listening',
	)
	assert.is((await answerOf(`${url}/api/meters`)).status, 200)
})

test.run()
