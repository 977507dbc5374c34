import * as assert from 'uvu/assert'
import { connect } from '../../engine/mqtt/client.ts'
import type { ConnectionSettings } from '../../engine/mqtt/settings.ts'
import { eventually } from '../support/engine-of.ts'
import { type EvilBroker, evilBroker, type Script, type Visitor } from '../support/evil-broker.ts'
import { long } from '../support/long.ts'
import { stretched } from '../support/pace.ts'
import { suite } from '../support/suite.ts'

const test = suite('client', { limit: 60_000 })
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A connection of ours to a broker, and what it says. */
async function rig(script: Script, more: Partial<ConnectionSettings> = {}) {
	const broker = await evilBroker(script)
	const said: string[] = []
	const connection = connect({
		clientId: 'client',
		retryAfter: 50,
		url: broker.url,
		status: (up, text) => void said.push(`${up ? 'up' : 'down'}: ${text.replaceAll(broker.url, 'B')}`),
		...more,
	})
	return {
		broker,
		said,
		connection,
		says: (text: string | RegExp) =>
			eventually(
				() => said.some((one) => (typeof text === 'string' ? one.includes(text) : text.test(one))),
				() => said.join('\n'),
			),
		/** Payloads of all messages that the broker got, connection by connection. */
		got: () => broker.visitors.map(payloads),
		async close() {
			await connection.close()
			await broker.close()
		},
	}
}

const payloads = ({ packets }: Visitor) => packets.flatMap((packet) => (packet.cmd === 'publish' ? [String(packet.payload)] : []))
const message = (payload: string, topic = 'cii/house/reading') => ({ topic, payload, retain: false })
const first = ({ visitors }: EvilBroker) => visitors[0] as Visitor

test('goes on after a packet that ended MQTT.js and its process, in both versions', async () => {
	for (const version of [4, 5] as const) {
		let attacks = 2
		const one = await rig({
			answer: (packet, { send }) => {
				if (packet.cmd !== 'connect' || (packet.protocolVersion ?? 4) === version) return undefined
				send('20 02 00 01')
				return true
			},
			greeted: ({ send }) => attacks-- > 0 && send('62 00'),
		})
		one.connection.publish(message('kept'))
		await one.says('sends a PUBREL, which a broker must not send here')
		await eventually(
			() => one.connection.connected(),
			() => one.said.join('\n'),
		)
		assert.equal(one.connection.counts(), { waiting: 0, dropped: 0, postponed: 0, faults: 2, skipped: 0 })
		assert.ok(one.got().at(-1)?.includes('kept'))
		assert.match(one.said.at(-1) ?? '', version === 5 ? /MQTT 5/ : /MQTT 3.1.1/)
		await one.close()
	}
})

test('replaces a connection whose broker acknowledges nothing, sends all again, and is not connected meanwhile', async () => {
	let silent = true
	const one = await rig({ answer: (packet) => (silent && packet.cmd === 'publish' ? true : undefined) }, { patience: 1 })
	for (const payload of ['1', '2', '3']) one.connection.publish(message(payload))
	await one.says('down: B takes messages and has acknowledged none for 1 s; connecting again')
	await eventually(
		() => one.got().length > 1 && (one.got().at(-1)?.length ?? 0) === 3,
		() => JSON.stringify(one.got()),
	)
	assert.is(one.connection.connected(), false, 'not yet')
	silent = false
	await eventually(
		() => one.connection.connected(),
		() => one.said.join('\n'),
	)
	assert.equal(one.got().at(-1), ['1', '2', '3'])
	assert.match(one.said.at(-1) ?? '', /^up: connected to B/)
	await one.close()
})

test('ends within its time where the broker acknowledges nothing, does not read, or does not hang up', async () => {
	const scripts: Script[] = [
		{ answer: (packet) => (packet.cmd === 'connect' ? undefined : true) },
		{ greeted: ({ socket }) => void socket.pause() },
		{ answer: (packet) => (packet.cmd === 'disconnect' ? true : undefined) },
		{ answer: () => true },
	]
	const took = scripts.map(async (script) => {
		const one = await rig(script)
		for (let number = 0; number < 200; number++) one.connection.publish(message('x'.repeat(10_000)))
		await sleep(100)
		const started = performance.now()
		await one.connection.close()
		await one.broker.close()
		return performance.now() - started
	})
	for (const each of await Promise.all(took)) assert.ok(each < stretched(2300), `${each} ms`)
})

test('sends again what a quota refuses, drops what is never taken, and names both', async () => {
	const codes: Record<string, number[]> = { quota: [151, 0], refused: [135], strange: [131, 0] }
	const one = await rig({
		answer: (packet, { send }) => {
			if (packet.cmd !== 'publish') return undefined
			send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: codes[String(packet.payload)]?.shift() ?? 0 })
			return true
		},
	})
	for (const payload of ['quota', 'refused', 'strange']) one.connection.publish(message(payload, `cii/${payload}`))
	await eventually(
		() => one.got()[0]?.filter((payload) => payload === 'quota').length === 2,
		() => JSON.stringify([one.got(), one.said]),
	)
	await sleep(50)
	assert.equal(one.connection.counts(), { waiting: 0, dropped: 1, postponed: 2, faults: 0, skipped: 0 })
	assert.is(one.said.filter((text) => text.includes('takes no message on cii/quota now (a quota is used up): it is sent again')).length, 1)
	assert.is(one.said.filter((text) => text.includes('the broker refuses messages on cii/refused')).length, 1)
	await one.close()
})

if (long)
	test('gives a topic up that is always put off, for a while, so that the others pass', async () => {
		const one = await rig({
			answer: (packet, { send }) => {
				if (packet.cmd !== 'publish') return undefined
				send({ cmd: 'puback', messageId: packet.messageId ?? 0, reasonCode: packet.topic === 'cii/odd' ? 131 : 0 })
				return true
			},
		})
		for (let at = 0; at < 20; at++) {
			one.connection.publish(message(`odd ${at}`, 'cii/odd'))
			one.connection.publish(message(`good ${at}`, 'cii/good'))
		}
		const good = () => new Set(one.got().flat()).size
		const limit = performance.now() + 60_000
		while (one.connection.counts().waiting > 0 && performance.now() < limit) await sleep(100)
		await sleep(200)
		assert.is(one.connection.counts().dropped, 20)
		assert.ok(good() >= 20, JSON.stringify(one.got()))
		await one.close()
	})

test('tries the other version where a broker hangs up, is silent or answers in the old way, and says it once where neither helps', async () => {
	const hangs = await rig({
		answer: (packet, { socket }) => (packet.cmd === 'connect' && packet.protocolVersion === 5 ? socket.destroy() : undefined),
	})
	await hangs.says('up: connected to B (MQTT 3.1.1)')
	await hangs.close()
	const old = await rig({
		answer: (packet, { send }) => {
			if (packet.cmd !== 'connect' || packet.protocolVersion !== 5) return undefined
			send('20 02 00 00')
			return true
		},
	})
	await old.says('up: connected to B (MQTT 3.1.1)')
	await old.close()
	const none = await rig({ answer: (_packet, { socket }) => socket.destroy() }, { retryAfter: 1000 })
	await none.says('down: B closed the connection before it answered: is it a broker?')
	await sleep(400)
	assert.is(none.broker.visitors.length, 2, 'once in each version, and not again at once')
	await none.close()
	const noise = await rig({ answer: (_packet, { socket }) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') })
	await noise.says(/down: B sends .* before it has answered/)
	await noise.close()
})

test('drops a message at which a broker hangs up each time, and no other', async () => {
	const one = await rig({
		answer: (packet, { socket }) => (packet.cmd === 'publish' && String(packet.payload) === 'poison' ? socket.destroy() : undefined),
	})
	one.connection.publish({ topic: 'cii/bridge/main/state', payload: 'online', retain: true })
	for (const payload of ['1', 'poison', '2']) one.connection.publish(message(payload))
	await one.says(/a message on cii.house.reading is dropped: B hangs up at its 6 bytes each time/)
	await eventually(
		() => one.got().at(-1)?.includes('2') === true,
		() => JSON.stringify(one.got()),
	)
	assert.is(one.connection.counts().dropped, 1)
	await one.close()
})

test('asks for the filters of a translator in few packets, after each connect, and hears of each whether it is granted', async () => {
	for (const maximumPacketSize of [undefined, 100]) {
		const refused = 'cii/raw/0007/+'
		const asked = (visitor: Visitor | undefined) =>
			(visitor?.packets ?? []).flatMap((packet) => (packet.cmd === 'subscribe' ? [packet.subscriptions] : []))
		const one = await rig(
			{
				limits: maximumPacketSize ? { maximumPacketSize } : {},
				answer(packet, { send }) {
					if (packet.cmd !== 'subscribe') return undefined
					const granted = packet.subscriptions.map(({ topic }) => (topic === refused ? 135 : 1))
					send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted })
					return true
				},
			},
			{ session: true },
		)
		const seen: string[] = []
		const filters = Array.from({ length: 1024 }, (_, shard) => `cii/raw/${String(shard).padStart(4, '0')}/+`)
		await Promise.all(filters.map((filter) => one.connection.subscribe(filter, ({ topic }) => void seen.push(`${filter} ${topic}`))))
		assert.is(one.said.filter((text) => text.includes('refuses the subscription')).length, 1)
		await one.says(`the broker refuses the subscription ${refused}`)
		first(one.broker).socket.destroy()
		await eventually(
			() => asked(one.broker.visitors[1]).flat().length === 1024,
			() => one.said.join('\n'),
		)
		for (const visitor of one.broker.visitors) {
			const packets = asked(visitor)
			assert.equal(
				packets
					.flat()
					.map(({ topic }) => topic)
					.sort(),
				filters,
			)
			assert.is(packets.length, maximumPacketSize ? 1024 : 128)
		}
		one.broker.visitors[1]?.send({ cmd: 'publish', topic: 'cii/raw/0042/house', payload: '', qos: 0, dup: false, retain: false })
		await eventually(
			() => seen.length > 0,
			() => 'a message',
		)
		assert.equal(seen, ['cii/raw/0042/+ cii/raw/0042/house'])
		await one.close()
	}
})

test('sends each message as it is to a broker that reads in fits: memory is used again only when its bytes are gone', async () => {
	const payloadOf = (n: number) => `${n} ${String.fromCharCode(97 + (n % 26)).repeat((n * 7919) % 30_000)}`
	const one = await rig({
		greeted: ({ socket }) => void setInterval(() => (socket.isPaused() ? socket.resume() : socket.pause()), 5).unref(),
	})
	const wanted = Array.from({ length: 400 }, (_, n) => payloadOf(n))
	for (const payload of wanted) one.connection.publish(message(payload))
	await eventually(
		() => one.got()[0]?.length === wanted.length,
		() => `${one.got()[0]?.length} messages`,
	)
	assert.ok(one.got()[0]?.every((payload, n) => payload === wanted[n]))
	await one.close()
})

test('passes on messages while others are too large or cannot be read', async () => {
	const seen: string[] = []
	const one = await rig({})
	await one.connection.subscribe('tele/#', ({ topic, payload }) => {
		if (topic === 'tele/bad') throw new Error('a mistake of ours')
		seen.push(`${topic} ${payload.length}`)
	})
	const { send } = first(one.broker)
	const publish = (topic: string, size: number, messageId: number) =>
		send({ cmd: 'publish', topic, payload: Buffer.alloc(size), qos: 1, dup: false, retain: false, messageId })
	publish('tele/bad', 1, 1)
	publish('tele/large', 20_000_000, 2)
	publish('tele/good', 10_000_000, 3)
	await eventually(
		() => seen.length > 0,
		() => one.said.join('\n'),
	)
	assert.equal(seen, ['tele/good 10000000'])
	await eventually(
		() => first(one.broker).packets.filter(({ cmd }) => cmd === 'puback').length === 3,
		() => 'three acknowledgements',
	)
	assert.equal(one.connection.counts(), { waiting: 0, dropped: 0, postponed: 0, faults: 0, skipped: 2 })
	assert.ok(one.said.some((text) => text.includes('could not be read (a mistake of ours): please report this')))
	await one.close()
})

test('asks for no filter that a broker cannot have, asks again for one that it refuses later on, and numbers none where it may not', async () => {
	const one = await rig({ limits: { wildcardSubscriptionAvailable: false, subscriptionIdentifiersAvailable: false, serverKeepAlive: 1 } })
	await one.connection.subscribe('tele/+/SENSOR', () => undefined)
	await one.connection.subscribe('tele/one/SENSOR', () => undefined)
	const asked = first(one.broker).packets.flatMap((packet) => (packet.cmd === 'subscribe' ? [packet] : []))
	assert.equal(
		asked.map(({ subscriptions }) => subscriptions[0]?.topic),
		['tele/one/SENSOR'],
	)
	assert.is(asked[0]?.properties?.subscriptionIdentifier, undefined)
	await one.says('the broker refuses the subscription tele/+/SENSOR')
	await eventually(
		() => first(one.broker).packets.some(({ cmd }) => cmd === 'pingreq'),
		() => 'a ping after the keep alive of the broker',
	)
	await one.close()
})

test('asks for its filters before it ends those of an earlier process, and ends none that it asks for', async () => {
	const one = await rig({})
	one.connection.forget(['old/+', 'kept/+'])
	await Promise.all(['new/+', 'kept/+'].map((filter) => one.connection.subscribe(filter, () => undefined)))
	const asked = () =>
		first(one.broker).packets.flatMap((packet) =>
			packet.cmd === 'subscribe'
				? packet.subscriptions.map(({ topic }) => `+ ${topic}`)
				: packet.cmd === 'unsubscribe'
					? packet.unsubscriptions.map((topic) => `- ${topic}`)
					: [],
		)
	await eventually(
		() => asked().length === 3,
		() => asked().join(),
	)
	assert.equal(asked(), ['+ new/+', '+ kept/+', '- old/+'])
	await one.close()
})

test.run()
