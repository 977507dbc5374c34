import { once } from 'node:events'
import { connect as connectTo, type Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { LimitedLog, type Log } from '../../engine/log/log.ts'
import { type Broker, broker } from '../../engine/mqtt/broker.ts'
import { connect } from '../../engine/mqtt/client.ts'
import { Exchange } from '../../engine/mqtt/embedded/exchange.ts'
import { isFilter } from '../../engine/mqtt/embedded/packets.ts'
import { turns } from '../../engine/mqtt/embedded/turns.ts'
import { mutatedClients } from '../support/mutated-clients.ts'
import { ask, confirm, hello, packet, say, text } from '../support/packets.ts'
import { suite } from '../support/suite.ts'

const test = suite('embedded broker')
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A broker on a port, what it said, and a client of its own process. */
async function rig(settings: Parameters<typeof broker>[0] = {}) {
	const told: string[] = []
	const keep = (about: unknown, line?: string) => void told.push(line ?? String(about))
	const to: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => to }
	const log = new LimitedLog(to)
	const one: Broker = broker({ tell: (cause, line) => log.warn({ cause }, line), ...settings })
	const port = await one.listen(0, '127.0.0.1')
	const own = connect({ clientId: 'cii2mqtt-main', stream: one.connect, status: () => undefined })
	while (!own.connected()) await sleep(1)
	const sockets: Socket[] = []
	return {
		told,
		port,
		own,
		/** A stranger: what it was sent, and whether its connection was closed. */
		async stranger(...bytes: Buffer[]) {
			const socket = connectTo(port, '127.0.0.1')
			sockets.push(socket)
			const chunks: Buffer[] = []
			const state = { closed: false }
			socket.on('data', (chunk) => chunks.push(chunk))
			socket.on('error', () => undefined)
			socket.on('close', () => {
				state.closed = true
			})
			await new Promise((resolve) => socket.once('connect', resolve))
			if (bytes.length > 0) socket.write(Buffer.concat(bytes))
			return {
				socket,
				got: () => Buffer.concat(chunks),
				closed: () => state.closed,
				/** Waits for this in what was sent. */
				async until(holds: (got: Buffer) => boolean) {
					for (let tries = 0; !holds(Buffer.concat(chunks)); tries++) {
						if (tries > 500) throw new Error(`waited in vain: ${Buffer.concat(chunks).toString('hex').slice(0, 400)}`)
						await sleep(5)
					}
				},
				async untilClosed() {
					for (let tries = 0; !state.closed; tries++) {
						if (tries > 500) throw new Error('waited in vain for the end')
						await sleep(5)
					}
				},
			}
		},
		async close() {
			for (const socket of sockets) socket.destroy()
			await own.close()
			await one.close()
		},
	}
}

const CONNACK = Buffer.of(0x20, 2, 0, 0)
const includes = (words: string | Buffer) => (got: Buffer) => got.includes(words)

test('passes on, retains, and speaks MQTT 3.1.1 as far as clients need', async () => {
	const { own, stranger, close } = await rig()
	const one = await stranger(hello('one'), ask(['a/+', 'a/b', '#'], 2))
	await one.until(includes(Buffer.of(0x90, 5, 0, 1, 1, 1, 1)))
	own.publish({ topic: 'a/b', payload: 'kept', retain: true })
	await one.until(includes('kept'))
	await sleep(20)
	assert.is(one.got().toString('latin1').split('kept').length, 2, 'once, whatever fits')
	const two = await stranger(hello('two'), say('a/c', 'twice', { qos: 2 }), say('a/c', 'twice', { qos: 2 }), confirm(0x62, 1))
	await two.until(includes(Buffer.concat([CONNACK, confirm(0x50, 1), confirm(0x50, 1), confirm(0x70, 1)])))
	assert.is(one.got().toString('latin1').split('twice').length, 2, 'QoS 2 is passed on once')
	const late = await stranger(hello('late'), ask(['a/#'], 1), packet(0xc0))
	await late.until(includes('kept'))
	assert.ok(late.got().includes(Buffer.of(0xd0, 0)))
	const newer = await stranger(packet(0x10, text('MQTT'), Buffer.of(5, 2, 0, 60, 0), text('five')))
	await newer.untilClosed()
	assert.equal(newer.got(), Buffer.of(0x20, 2, 0, 1))
	await close()
})

test('keeps what a session has not acknowledged, and sends it again', async () => {
	const { own, stranger, close } = await rig()
	const first = await stranger(hello('kept', { clean: false }), ask(['x'], 1))
	await first.until(includes(Buffer.of(0x90)))
	own.publish({ topic: 'x', payload: 'first', retain: false })
	await first.until(includes('first'))
	first.socket.destroy()
	await first.untilClosed()
	own.publish({ topic: 'x', payload: 'second', retain: false })
	await sleep(20)
	const again = await stranger(hello('kept', { clean: false }))
	await again.until(includes('second'))
	assert.equal(again.got().subarray(0, 5), Buffer.of(0x20, 2, 1, 0, 0x3a), 'its session, and the first again with DUP')
	const clean = await stranger(hello('kept'))
	await clean.until(includes(CONNACK))
	await again.untilClosed()
	await close()
})

test('leaves a will, and takes over a name', async () => {
	const { stranger, close } = await rig()
	const watcher = await stranger(hello('watcher'), ask(['wills/#']))
	const one = await stranger(hello('dies', { will: 'wills/one' }))
	await one.until(includes(CONNACK))
	const two = await stranger(hello('dies', { will: 'wills/two' }), packet(0xe0))
	await watcher.until(includes('wills/one'))
	await one.untilClosed()
	await two.untilClosed()
	assert.not(watcher.got().includes('wills/two'), 'it said goodbye')
	await close()
})

test('lets no stranger take its own names or write its own topics', async () => {
	const { own, stranger, told, close } = await rig({ owns: (topic) => topic.startsWith('cii/house/') })
	const thief = await stranger(hello('cii2mqtt-main'))
	await thief.untilClosed()
	assert.equal(thief.got(), Buffer.of(0x20, 2, 0, 2))
	assert.ok(own.connected())
	own.publish({ topic: 'homeassistant/config', payload: 'true', retain: true })
	const watcher = await stranger(hello('watcher'), ask(['#']))
	await watcher.until(includes('true'))
	const forged = ['cii/house/state', 'homeassistant/config'].map((topic) => say(topic, 'forged', { retain: true, qos: 1 }))
	const forger = await stranger(hello('forger'), ...forged, say('homeassistant/config', '', { retain: true }), say('tele/x', 'adapter'))
	await watcher.until(includes('adapter'))
	assert.ok(forger.got().includes(confirm(0x40, 1)), 'acknowledged, and dropped (MQTT 3.1.1, 3.3.5)')
	assert.not(watcher.got().includes('forged'))
	const will = await stranger(hello('will', { will: 'cii/house/state' }))
	await will.until(includes(CONNACK))
	will.socket.destroy()
	await will.untilClosed()
	const late = await stranger(hello('late'), ask(['homeassistant/#']))
	await late.until(includes('true'))
	assert.not(watcher.got().includes('forged'))
	assert.is(told.length, 2, told.join('\n'))
	assert.match(told[1] ?? '', 'embedded broker: a client writes "cii/house/state", which this process writes')
	await close()
})

test('drops a will on a topic that became its own since the will was left', async () => {
	const { own, stranger, close } = await rig()
	const forger = await stranger(hello('forger', { will: 'homeassistant/config' }))
	await forger.until(includes(CONNACK))
	const watcher = await stranger(hello('watcher'), ask(['#']), packet(0xc0))
	await watcher.until(includes(Buffer.of(0xd0, 0)))
	own.publish({ topic: 'homeassistant/config', payload: 'true', retain: true })
	await watcher.until(includes('true'))
	forger.socket.destroy()
	await forger.untilClosed()
	own.publish({ topic: 'last', payload: 'last', retain: false })
	await watcher.until(includes('last'))
	assert.not(watcher.got().includes('forged'))
	await close()
})

test('waits for nobody: one that does not read is cut, and the others go on', async () => {
	const { own, stranger, told, close } = await rig()
	const stopped = await stranger(hello('stopped'), ask(['#']))
	await stopped.until(includes(Buffer.of(0x90)))
	stopped.socket.pause()
	const beside = await stranger(hello('beside'), ask(['last']))
	await beside.until(includes(Buffer.of(0x90)))
	const payload = 'x'.repeat(200_000)
	for (let n = 0; n < 120; n++) own.publish({ topic: 'noise', payload, retain: false })
	own.publish({ topic: 'last', payload: 'last', retain: false })
	await beside.until(includes('last'))
	assert.match(told.join(), 'does not read what it asked for: its connection is closed')
	await close()
})

test('refuses what is beyond its bounds, and names each kind once', async () => {
	const { stranger, told, close } = await rig()
	const greedy = await stranger(hello('greedy'))
	for (let n = 0; n < 3000; n += 100) greedy.socket.write(ask(Array.from({ length: 100 }, (_, at) => `x/${n + at}`)))
	await greedy.until((got) => got.length >= 4 + 30 * 104)
	const granted = greedy.got().subarray(4)
	assert.is([...granted.toString('latin1').matchAll(/\x80/g)].length >= 1800, true)
	const deep = await stranger(hello('deep'), ask([`${'a/'.repeat(40)}b`]))
	const huge = await stranger(hello('huge'), Buffer.from([0x30, 0x80, 0x84, 0xaf, 0x5f]))
	const early = await stranger(say('a', 'b'))
	const shared = await stranger(hello('shared'), ask(['$share/g/#', '$SYS/#', 'a/#/b', 'a+']))
	await shared.until(includes(Buffer.of(0x90, 6, 0, 1, 128, 128, 128, 128)))
	for (const one of [deep, huge, early]) await one.untilClosed()
	assert.equal(
		told.map((line) => line.slice(0, 48)),
		[
			'embedded broker: a client asks for more than 1200 topics'.slice(0, 48),
			'embedded broker: a client by TCP sends a topic of 41 levels'.slice(0, 48),
			'embedded broker: a client asks for "$share/g/#", which'.slice(0, 48),
		],
		told.join('\n'),
	)
	await close()
})

test('bounds sessions and retained messages of strangers', async () => {
	const { stranger, told, close } = await rig()
	for (let n = 0; n < 20; n++) {
		const one = await stranger(hello(`left${n}`, { clean: false }))
		await one.until((got) => got.length >= 4)
		assert.is(one.got()[3], n < 16 ? 0 : 3)
		one.socket.destroy()
	}
	const keeper = await stranger(hello('keeper'))
	for (let n = 0; n < 2100; n++) keeper.socket.write(say(`kept/${n}`, 'x', { retain: true }))
	keeper.socket.write(packet(0xc0))
	await keeper.until(includes(Buffer.of(0xd0, 0)))
	assert.match(told.join('\n'), /16 sessions.*\n.*more than 2000 messages/)
	await close()
})

test('is full for the machine that fills it, and not for another', async () => {
	const { stranger, port, told, close } = await rig()
	for (let n = 0; n < 100; n++) await stranger(hello(`many${n}`))
	await sleep(100)
	const same = await stranger(hello('same'))
	await same.untilClosed()
	const other = connectTo({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }, () => other.write(hello('other')))
	const [answer] = (await once(other, 'data')) as [Buffer]
	assert.equal(answer, CONNACK)
	assert.match(told.join(), '100 clients are connected, and no more are taken')
	other.destroy()
	await close()
})

test('gives strangers turns: a flood takes no more than its steps, and one beside it comes through', async () => {
	let flood = 0
	let other = 0
	let over = false
	const all = turns(1000, 100)
	const pour = () => {
		flood += 16
		if (!over) all.ask(pour)
		return 16
	}
	const calm = () => {
		other++
		if (!over) setTimeout(() => all.ask(calm), 10)
		return 1
	}
	for (let n = 0; n < 10; n++) all.ask(pour)
	all.ask(calm)
	const started = performance.now()
	await sleep(300)
	over = true
	const most = 100 + (performance.now() - started) + 200
	assert.ok(flood <= most, `${flood} of ${most}`)
	assert.ok(other > 0)
})

test('takes the filters of a translator, and no more', async () => {
	const { own, port, close, told } = await rig()
	const translator = connect({ clientId: 'translator', url: `mqtt://127.0.0.1:${port}`, session: true, status: () => undefined })
	const seen: string[] = []
	const levels = Array.from({ length: 1088 }, (_, shard) =>
		shard < 1024 ? String(shard).padStart(4, '0') : String(shard - 1024).padStart(2, '0'),
	)
	await Promise.all(levels.map((level) => translator.subscribe(`cii/raw/${level}/+`, ({ topic }) => void seen.push(topic))))
	assert.equal(told, [])
	for (const level of ['0000', '1023', '00', '1024']) own.publish({ topic: `cii/raw/${level}/house`, payload: 'x', retain: false })
	for (let tries = 0; seen.length < 3 && tries < 500; tries++) await sleep(5)
	assert.equal(seen, ['cii/raw/0000/house', 'cii/raw/1023/house', 'cii/raw/00/house'])
	for (let more = 0; more < 20; more++) await translator.subscribe(`more/${more}/+`, () => undefined)
	assert.match(told.join(), /a client asks for more than 1200 topics \(1100 with wildcards\)/)
	await translator.close()
	await close()
})

test('counts in steps what filters of many levels cost, also where none of them fits', () => {
	const exchange = new Exchange({ owns: () => false, tell: () => undefined })
	const opened = exchange.open('client', 'deep', true)
	assert.not.type(opened, 'number')
	const { session } = opened as Exclude<typeof opened, number>
	for (let filter = 0; filter < 1024; filter++) {
		const levels = Array.from({ length: 31 }, (_, level) => ((filter >> (level % 10)) & 1 ? '+' : 'a'))
		assert.is(exchange.subscribe('client', session, `${levels.join('/')}/b`, 1), 1)
	}
	const steps = (topic: string) => exchange.publish('client', { topic, payload: Buffer.from('x'), retain: false, qos: 0 })
	assert.ok(steps(Array(32).fill('a').join('/')) > 150)
	assert.ok(steps('a/b/c') < 1.2)
})

test('knows filters', () => {
	for (const filter of ['#', '+', 'a', '/', 'a/+/b/#', '+/+', 'a//b', '/#']) assert.ok(isFilter(filter), filter)
	for (const filter of ['', 'a#', '#/a', 'a+', '+a/b', '$SYS/#', '$share/a/b', 'a/#/']) assert.not(isFilter(filter), filter)
})

test('outlives mutated packets', async () => {
	const { mistakes } = await mutatedClients(5000, 7)
	assert.equal(mistakes, [])
})

test.run()
