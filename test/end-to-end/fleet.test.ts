import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import mqtt, { type MqttClient } from 'mqtt'
import * as assert from 'uvu/assert'
import { shard } from '../../engine/mqtt/shards.ts'
import { topics } from '../../engine/mqtt/topics.ts'
import { fleetCheck } from '../../tools/bench/fleet-check.ts'
import { type FleetMeter, fleetMeter } from '../../tools/bench/fleet-meters.ts'
import { type Seen, type Watcher, watchTopics } from '../support/broker.ts'
import { bridge, eventually, freePort, scratch } from '../support/engine-of.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { settle } from '../support/pace.ts'
import { start as begin } from '../support/program.ts'
import { root } from '../support/root.ts'
import { need, suite } from '../support/suite.ts'

const test = suite('fleet', { limit: 150_000 })
const folder = scratch('fleet')
test.after(folder.remove)

const METERS = 30
const EACH = 667
/** Telegrams of each meter so far: counters rise from test to test, by no more than a house can use. */
let sent = EACH
const names = topics('cii', 'any')

if (need('mosquitto', 'a broker between reader and translators')) {
	const port = await freePort()
	const url = `mqtt://127.0.0.1:${port}`
	const broker = join(folder.path, 'mosquitto.conf')
	writeFileSync(
		broker,
		`${process.getuid?.() === 0 ? 'user root\n' : ''}listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n`,
	)
	const mosquitto = await startMosquitto(broker, [port])
	const children: ChildProcess[] = []
	/** Clients of a test that failed hold its process until the file's limit, and count as a second failure. */
	const clients: MqttClient[] = []
	async function connected(options: mqtt.IClientOptions = {}): Promise<MqttClient> {
		const client = await mqtt.connectAsync(url, { protocolVersion: 5, ...options })
		clients.push(client)
		return client
	}
	async function watch(filter: string[]): Promise<Watcher> {
		const watcher = await watchTopics(url, filter, { protocolVersion: 5 })
		clients.push(watcher.client)
		return watcher
	}
	test.after(async () => {
		for (const child of children) child.kill('SIGKILL')
		for (const client of clients) client.end(true)
		await mosquitto.stop()
	})

	const fleet = Array.from({ length: METERS }, (_, place) => fleetMeter(place))
	const meterFolder = join(folder.path, 'meters')
	mkdirSync(meterFolder)
	/** A meter's entry in a folder of meters, its keys in files beside it. */
	const entryOf = ({ name, profile, keys }: FleetMeter) => {
		const files = Object.entries(keys ?? {}).map(([use, key]) => {
			writeFileSync(join(meterFolder, `${name}.${use}`), key, { mode: 0o600 })
			return [use, { $file: `${name}.${use}` }]
		})
		// They send a hundred times as fast as meters do, so that their counters rise as at no house.
		const expect = { 'energy_*': { maxPower: 10_000_000 } }
		return { name, profile, expect, ...(keys && { keys: Object.fromEntries(files) }) }
	}
	writeFileSync(join(meterFolder, 'fleet.json'), JSON.stringify({ meters: fleet.map(entryOf) }))

	const configFile = (instance: string) => join(folder.path, `${instance}.json`)
	const writeConfig = (instance: string, config: object) =>
		writeFileSync(configFile(instance), JSON.stringify({ mqtt: { url }, instance, meters: [], ...config }))
	const translatorConfig = (shards: string) => ({ role: 'translate', shards, meterFolders: ['meters'], stateDir: 'state' })
	const SHARDS = ['0000-0340', '0341-0681', '0682-1023']

	/** Starts a process, and resolves when it says that it is online. */
	async function start(instance: string): Promise<ChildProcess> {
		const client = await connected()
		const online = new Promise<void>((resolve) =>
			// What the one before left is retained.
			client.on('message', (_topic, payload, { retain }) => payload.toString() === 'online' && !retain && resolve()),
		)
		await client.subscribeAsync(`cii/bridge/${instance}/state`, { qos: 1 })
		const child = begin(['run', '--config', configFile(instance)])
		if (process.env.FLEET_LOG) child.stderr.pipe(process.stderr)
		children.push(child)
		await online
		await client.endAsync()
		return child
	}
	const stop = (child: ChildProcess, signal: NodeJS.Signals) =>
		new Promise<void>((resolve) => {
			child.once('exit', () => resolve())
			child.kill(signal)
		})
	const last = (seen: Seen[], topic: string) => JSON.parse(seen.filter((one) => one.topic === topic).at(-1)?.payload || '{}')

	let translators: ChildProcess[] = []

	test('brings 20,010 telegrams from one reader through three translators, one of which is killed', async () => {
		const lines = await Promise.all(fleet.map(() => bridge()))
		writeConfig('reader', {
			role: 'read',
			meters: fleet.map(({ name, profile }, place) => ({
				name,
				profile,
				transport: { kind: 'tcp', host: '127.0.0.1', port: lines[place]?.port },
			})),
		})
		for (const [place, shards] of SHARDS.entries()) writeConfig(`translator${place}`, translatorConfig(shards))
		const check = fleetCheck(fleet, EACH)
		const sent = new Map(fleet.map(({ name }) => [name, new Set<string>()]))
		let [raw, foreign, readings] = [0, 0, 0]
		const client = await connected({ properties: { receiveMaximum: 65_535 } })
		client.on('message', (topic, payload) => {
			if (topic.endsWith('/reading')) {
				readings++
				return check.take(topic, payload.toString(), Date.now())
			}
			raw++
			if (!sent.get(topic.split('/').at(-1) ?? '')?.has(payload.toString('base64'))) foreign++
		})
		await client.subscribeAsync(['cii/raw/+/+', 'cii/+/reading'], { qos: 1 })

		translators = await Promise.all(SHARDS.map((_, place) => start(`translator${place}`)))
		const reader = await start('reader')
		await eventually(
			() => lines.every(({ clients }) => clients.length > 0),
			() => 'the reader connects',
		)
		for (let n = 0; n < EACH; n++) {
			if (n === Math.floor(EACH / 2)) {
				await stop(translators[1] as ChildProcess, 'SIGKILL')
				void start('translator1').then((again) => {
					translators[1] = again
				})
			}
			for (const [place, meter] of fleet.entries()) {
				const bytes = meter.telegram(n)
				sent.get(meter.name)?.add(Buffer.from(bytes).toString('base64'))
				const line = lines[place]?.clients.at(-1) as Socket
				line.write(bytes)
			}
			if (n % 10 === 9)
				await eventually(
					() => raw > (n + 1) * METERS - 1500,
					() => `the reader: ${raw} of ${(n + 1) * METERS}`,
				)
		}
		const total = METERS * EACH
		for (let before = -1; check.result().arrived < total && before !== readings; ) {
			before = readings
			await settle(5000)
		}
		const { latencies: _latencies, ...result } = check.result()
		console.log(`\n${total} telegrams, ${raw} raw messages, ${result.duplicates} readings again after the kill`)
		assert.equal({ ...result, duplicates: 0 }, { arrived: total, missing: 0, wrong: 0, disordered: 0, duplicates: 0 })
		// What goes out of the reader is what came in: the ciphered ones are ciphered still, and it has no key.
		assert.equal([raw, foreign], [total, 0])
		await stop(reader, 'SIGTERM')
		await client.endAsync()
		await Promise.all(lines.map(({ close }) => close()))
	})

	test('moves shards by an edit of two configs, and loses nothing', async () => {
		const watcher = await watch(['cii/+/reading', 'cii/bridge/+/info'])
		const publisher = await connected()
		const session = new Date().toISOString()
		let n = 0
		let going = true
		const sending = (async () => {
			for (; n < 200 && (going || n < 60); n++) {
				for (const meter of fleet) await publish(meter, n)
				await new Promise((resolve) => setTimeout(resolve, 20))
			}
		})()
		// Counters of ciphered ones go on above those of the first test.
		async function publish(meter: FleetMeter, count: number): Promise<void> {
			await publisher.publishAsync(names.raw(meter.name), Buffer.from(meter.telegram(EACH + count)), {
				qos: 1,
				properties: { userProperties: { received: new Date().toISOString(), session, seq: String(count), profile: meter.profile } },
			})
		}
		const shardsOf = (instance: string) => last(watcher.seen, `cii/bridge/${instance}/info`).shards
		writeConfig('translator1', translatorConfig('0341-0860'))
		await watcher.until(() => shardsOf('translator1') === '0341-0860', 'the shards are taken')
		writeConfig('translator2', translatorConfig('0861-1023'))
		await watcher.until(() => shardsOf('translator2') === '0861-1023', 'the shards are given')
		going = false
		await sending
		sent = EACH + n
		const moved = fleet.filter(({ name }) => shard(name) >= '0682' && shard(name) <= '0860').length
		assert.ok(moved > 0)
		const shifted = fleet.map((meter) => ({ ...meter, value: (count: number) => meter.value(EACH + count) }))
		const own = fleetCheck(shifted, n)
		let taken = 0
		await eventually(
			() => {
				for (; taken < watcher.seen.length; taken++) {
					const { topic, payload } = watcher.seen[taken] as Seen
					if (topic.endsWith('/reading')) own.take(topic, payload, Date.now())
				}
				return own.result().missing === 0
			},
			() => JSON.stringify({ ...own.result(), latencies: [] }),
		)
		const { missing, wrong, disordered } = own.result()
		// While both have a shard, the reading of the slower one may come behind the next of the quicker one: session and seq order them.
		if (disordered > 0) console.log(`${disordered} readings came behind a later one`)
		assert.equal({ missing, wrong }, { missing: 0, wrong: 0 })
		await publisher.endAsync()
		await watcher.close()
	})

	test('carries telegrams over a bridge between two brokers (tools/deploy/bridge.conf), and keeps them while the far one is away', async () => {
		const [near, far] = [await freePort(), await freePort()]
		const [user, files] = [process.getuid?.() === 0 ? 'user root\n' : '', (name: string) => join(folder.path, name)]
		for (const name of ['near', 'far']) mkdirSync(files(name))
		const conf = readFileSync(`${root}tools/deploy/bridge.conf`, 'utf8')
		const own = conf
			.replace('1883 127', `${near} 127`)
			.replace('nuc.local:1883', `127.0.0.1:${far}`)
			.replace('/var/lib/mosquitto/', `${files('near')}/`)
		writeFileSync(files('near.conf'), `${user}${own}`)
		writeFileSync(
			files('far.conf'),
			`${user}listener ${far} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location ${files('far')}/\n`,
		)
		const pi = await startMosquitto(files('near.conf'), [near])
		const first = await startMosquitto(files('far.conf'), [far])
		const meter = fleet[0] as FleetMeter
		const reader = await mqtt.connectAsync(`mqtt://127.0.0.1:${near}`, { protocolVersion: 5 })
		const send = (n: number) =>
			reader.publishAsync(names.raw(meter.name), Buffer.from(meter.telegram(n)), {
				qos: 1,
				properties: { userProperties: { session: new Date(0).toISOString(), seq: String(n) } },
			})
		// A session, as a translator has one: the bridge may be back before it.
		const session = { protocolVersion: 5, clientId: 'translator', clean: false, properties: { sessionExpiryInterval: 600 } } as const
		const before = await watchTopics(`mqtt://127.0.0.1:${far}`, 'cii/raw/+/+', session)
		await send(0)
		await before.until((seen) => seen.length === 1, 'the first telegram')
		await before.close()
		await first.stop()
		for (let n = 1; n <= 50; n++) await send(n)

		const again = await startMosquitto(files('far.conf'), [far])
		const after = await watchTopics(`mqtt://127.0.0.1:${far}`, 'cii/raw/+/+', session)
		await after.until((seen) => seen.length >= 50, 'what waited')
		const counts = after.seen.map(({ properties }) => Number(properties.seq))
		assert.equal(
			[...new Set(counts)],
			Array.from({ length: 50 }, (_, n) => n + 1),
		)
		await after.close()
		await reader.endAsync()
		await Promise.all([pi.stop(), again.stop()])
	})

	test('counts, names and acknowledges raw messages that it cannot use', async () => {
		const stranger = { name: 'stranger', profile: 'no-such-profile' }
		writeFileSync(join(meterFolder, 'stranger.json'), JSON.stringify({ meters: [stranger] }))
		const owner = (name: string) => (shard(name) <= '0340' ? 'translator0' : shard(name) <= '0860' ? 'translator1' : 'translator2')
		const watcher = await watch(['cii/bridge/+/diagnostics', 'cii/bridge/+/diagnostics/+', 'cii/+/reading'])
		await settle(1500)
		const publisher = await connected()
		const meter = fleet[1] as FleetMeter
		const send = (topic: string, payload: Uint8Array, properties?: Record<string, string>) =>
			publisher.publishAsync(topic, Buffer.from(payload), { qos: 1, ...(properties && { properties: { userProperties: properties } }) })
		const told = (instance: string) => last(watcher.seen, `cii/bridge/${instance}/diagnostics`)
		const own = () => last(watcher.seen, `cii/bridge/${owner(meter.name)}/diagnostics/${meter.name}`)
		const found = (counts: { rejected?: Record<string, number> }, reason: string) => counts.rejected?.[reason] ?? 0

		const good = meter.telegram(sent + 1)
		await send(names.raw('nobody'), good)
		await send(names.raw('stranger'), good, { profile: 'no-such-profile@1.0.0' })
		const wrong = shard(meter.name) === '0400' ? '0401' : '0400'
		await send(`cii/raw/${wrong}/${meter.name}`, good)
		await send(names.raw(meter.name), new Uint8Array(70_000))
		await send(names.raw(meter.name), Uint8Array.from(Buffer.from('no telegram at all')))
		// Without properties, as a broker of MQTT 3.1.1 gives it, and then the same reader's message twice.
		await send(names.raw(meter.name), good)
		const session = new Date(0).toISOString()
		for (let again = 0; again < 2; again++) await send(names.raw(meter.name), meter.telegram(sent + 2), { session, seq: '7' })
		await watcher.until(
			() =>
				found(told(owner('nobody')), 'meter') === 1 &&
				found(told(owner('stranger')), 'profile') === 1 &&
				found(told('translator1'), 'shard') === 1 &&
				found(own(), 'limit') === 1 &&
				own().discarded?.duplicate === 1,
			'diagnostics of each',
		)
		assert.match(told(owner('nobody')).last_rejected, /nobody|stranger/)
		assert.match(told('translator1').last_rejected, new RegExp(`${meter.name} on shard ${wrong}: its own is ${shard(meter.name)}`))
		const values = watcher.seen.filter(({ topic }) => topic === `cii/${meter.name}/reading`).map(({ payload }) => JSON.parse(payload))
		assert.equal(
			values.map((reading) => reading[meter.field]),
			[meter.value(sent + 1), meter.value(sent + 2)],
		)
		assert.equal([values[1].session, values[1].seq], [session, 7])

		// All were acknowledged: who comes next is given nothing again.
		const instance = owner(meter.name)
		await stop(translators[Number(instance.at(-1))] as ChildProcess, 'SIGTERM')
		const before = watcher.seen.length
		translators[Number(instance.at(-1))] = await start(instance)
		await settle(1000)
		assert.is(watcher.seen.slice(before).filter(({ topic }) => topic.endsWith('/reading')).length, 0)
		rmSync(join(meterFolder, 'stranger.json'))
		await publisher.endAsync()
		await watcher.close()
	})
}

test.run()
