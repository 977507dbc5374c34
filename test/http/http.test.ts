import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import mqtt from 'mqtt'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { watchTopics } from '../support/broker.ts'
import { bridge, engineOf, eventually, freePort, played, scratch } from '../support/engine-of.ts'
import { suite } from '../support/suite.ts'

const test = suite('http', { limit: 30_000 })
const folder = scratch('http')
test.after(folder.remove)

const EKZ = played('house', 'ekz-e450', 'ekz-e450/vse-2026.capture.jsonl')
const base = { mqtt: { embedded: { port: 0 } }, http: { port: 0 } }

/** Asks until the answer fits. */
async function until(url: string, fits: (text: string) => boolean): Promise<string> {
	for (;;) {
		const text = await (await fetch(url)).text()
		if (fits(text)) return text
		await new Promise((resolve) => setTimeout(resolve, 100))
	}
}

/** The status of an answer to a question with headers of its own, which fetch does not send. */
function statusOf(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = request(url, { headers, method, agent: false }, (response) => {
			response.resume()
			resolve(response.statusCode ?? 0)
		})
		asked.on('upgrade', (response, socket) => {
			socket.destroy()
			resolve(response.statusCode ?? 0)
		})
		asked.on('error', reject)
		asked.end()
	})
}

test('says of each meter since when, when last, and why it is silent', async () => {
	writeFileSync(`${folder.path}/wrong.key`, '0F'.repeat(16))
	/** A profile that gives up soon. */
	const quick = (profile: string, document: object) =>
		writeFileSync(
			`${folder.path}/${profile}.json`,
			JSON.stringify({ profile, version: '1.0.0', title: profile, interval: 0.3, ...document }),
		)
	quick('locked', { extends: 'kamstrup-omnipower', samples: null })
	quick('hasty', { extends: 'ekz-e450', samples: null })
	const decoder = { link: 'hdlc', application: 'dlms' }
	quick('mute', { transport: { kind: 'serial' }, decoder, transform: { power_import: 'obis.`99.99.99`' } })
	const [mute, noisy] = [await bridge(), await bridge()]
	const tcp = (port: number) => ({ kind: 'tcp', host: '127.0.0.1', port, idle: 50 })
	const noise = setInterval(() => {
		for (const client of noisy.clients) client.write(Buffer.from('no meter at all\n'))
	}, 100)
	const locked = played('locked', 'locked', 'kamstrup-omnipower/authenticated-2026.capture.jsonl')
	const { engine } = await engineOf(
		{
			...base,
			profiles: ['.'],
			meters: [
				EKZ,
				{ name: 'no-port', profile: 'hasty', transport: tcp(await freePort()) },
				{ name: 'no-bytes', profile: 'hasty', transport: tcp(mute.port) },
				{ name: 'no-frames', profile: 'hasty', transport: tcp(noisy.port) },
				{ ...locked, keys: { encryption: { $file: 'wrong.key' } } },
				played('unmapped', 'mute', 'ekz-e450/vse-2026.capture.jsonl'),
				{ name: 'unknown', profile: 'nowhere' },
			],
		},
		folder.path,
	)
	const complete = (text: string) => (text.match(/"cause"/g) ?? []).length === 5 && text.includes('"online"')
	const found = JSON.parse(await until(`${engine.page}/health`, complete))
	clearInterval(noise)
	await engine.close()
	await Promise.all([mute.close(), noisy.close()])
	const causes = Object.fromEntries(
		found.meters.map((one: { name: string; status: string; cause?: string }) => [one.name, one.cause ?? one.status]),
	)
	assert.equal(causes, {
		house: 'online',
		'no-port': 'port',
		'no-bytes': 'no-bytes',
		'no-frames': 'no-frames',
		locked: 'key',
		unmapped: 'not-mapped',
		unknown: 'stopped',
	})
	assert.is(found.status, 'silent')
	const [house] = found.meters
	assert.ok(house.readings > 0 && house.last_reading >= house.since)
	assert.match(found.meters.at(-1).detail, /nowhere/)
})

test('gives Prometheus the numbers of the last reading, and none of a silent meter', async () => {
	const { engine } = await engineOf(
		{ ...base, meters: [EKZ, { name: 'away', profile: 'ekz-e450', transport: { path: '/dev/none' } }] },
		folder.path,
	)
	const text = await until(`${engine.page}/metrics`, (found) => found.includes('cii_voltage_l1'))
	await engine.close()
	for (const line of [
		'cii_power_import_watts{meter="house"} 28',
		'cii_energy_import_watt_hours_total{meter="house"} 482939',
		'cii_voltage_l1_volts{meter="house"} 236',
		'cii_current_l1_amperes{meter="house"} 0.09',
		'cii_meter_online{meter="away",profile="ekz-e450@1.0.0"} 0',
		'cii_broker_connected 1',
	])
		assert.ok(text.includes(`\n${line}\n`), `${line} in\n${text}`)
	assert.not.match(text, /cii_power\w*\{meter="away"/)
	assert.match(text, /# TYPE cii_energy_import_watt_hours_total counter/)
	assert.match(text, /# TYPE cii_power_import_watts gauge/)
})

test('lets browsers read by WebSocket, and publish nothing', async () => {
	const { engine } = await engineOf({ ...base, meters: [EKZ] }, folder.path)
	const url = `${engine.page?.replace('http', 'ws')}/mqtt`
	const watcher = await watchTopics(url, 'cii/house/state')
	await watcher.until((seen) => seen.length > 0, 'a state by WebSocket')
	const other = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/availability')
	const gone = new Promise<void>((resolve) => watcher.client.once('close', () => resolve()))
	watcher.client.publish('cii/house/availability', 'forged', { retain: true })
	await gone
	await other.until((seen) => seen.some(({ payload }) => payload === 'online'), 'the true availability')
	assert.not.ok(other.seen.some(({ payload }) => payload === 'forged'))
	await other.close()
	await watcher.close()
	await engine.close()
})

test('refuses foreign names, foreign pages, and all but questions', async () => {
	const { engine } = await engineOf({ ...base, http: { port: 0, names: ['meter.example.org'] }, meters: [EKZ] }, folder.path)
	const page = `${engine.page}/`
	assert.is(await statusOf(`${page}health`, {}), 200)
	assert.is(await statusOf(`${page}health`, { host: 'evil.example.org' }), 403)
	assert.is(await statusOf(`${page}health`, { host: 'meter.example.org' }), 200)
	assert.is(await statusOf(`${page}health`, { host: 'raspberrypi.local:8080' }), 200)
	assert.is(await statusOf(page, {}, 'POST'), 405)
	const upgrade = {
		connection: 'Upgrade',
		upgrade: 'websocket',
		'sec-websocket-version': '13',
		'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
		'sec-websocket-protocol': 'mqtt',
	}
	assert.is(await statusOf(`${page}mqtt`, { ...upgrade, origin: 'http://evil.example.org' }), 403)
	assert.is(await statusOf(`${page}mqtt`, { ...upgrade, origin: page.slice(0, -1) }), 101)
	assert.is(await statusOf(`${page}other`, upgrade), 403)
	assert.is(await statusOf(`${page}mqtt`, { ...upgrade, 'x-forwarded-for': '192.0.2.1' }), 401, 'from elsewhere it needs the password')
	await engine.close()
})

test('stands what strangers send to its port', async () => {
	const { engine } = await engineOf({ ...base, meters: [EKZ] }, folder.path)
	const url = `${engine.page?.replace('http', 'ws')}/mqtt`
	const client = mqtt.connect(url, { reconnectPeriod: 0, protocolVersion: 3, protocolId: 'MQIsdp' })
	client.on('error', () => undefined)
	const socket = new WebSocket(url, 'mqtt')
	socket.on('error', () => undefined)
	await new Promise((resolve) => socket.once('open', resolve))
	const closed = new Promise((resolve) => socket.once('close', resolve))
	socket.send(new Uint8Array(70_000).fill(255))
	await closed
	assert.is((await fetch(`${engine.page}/health`)).status, 200)
	await client.endAsync(true)
	await engine.close()
})

test('says 503 on /health while the broker is away', async () => {
	const { engine } = await engineOf(
		{ mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` }, http: { port: 0 }, meters: [EKZ] },
		folder.path,
	)
	const answer = await fetch(`${engine.page}/health`)
	assert.is(answer.status, 503)
	assert.match(await answer.text(), /"status":"disconnected"/)
	await engine.close()
})

test('reads meters without a page while its port is taken, says so once, and opens it when it is free', async () => {
	const far = await bridge()
	const { engine, log } = await engineOf({ ...base, http: { port: far.port }, meters: [EKZ] }, folder.path)
	const watcher = await watchTopics(`mqtt://127.0.0.1:${engine.port}`, 'cii/house/reading')
	await watcher.until((seen) => seen.length > 0, 'a reading')
	const why = `no page, /health and /metrics: port ${far.port} is in use by another program: choose another in http.port`
	assert.is(log.filter((line) => line.includes(why)).length, 1, log.join(''))
	assert.is(engine.page, undefined)
	await far.close()
	await eventually(
		() => log.some((line) => line.includes(`the page is on http://127.0.0.1:${far.port}`)),
		() => log.join(''),
	)
	assert.is((await fetch(`http://127.0.0.1:${far.port}/health`)).status, 200)
	assert.is(log.filter((line) => line.includes(why)).length, 1)
	await watcher.close()
	await engine.close()
})

test.run()
