import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import mqtt, { type MqttClient } from 'mqtt'
import { connect } from '../../engine/mqtt/client.ts'
import type { ConnectionSettings } from '../../engine/mqtt/settings.ts'
import { watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, engineOf, eventually, freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { type Mosquitto, makeCertificates, startMosquitto } from '../support/mosquitto.ts'
import { stretched } from '../support/pace.ts'
import { count, type Fault, hold, sleep, timed } from './fault.ts'
import { proxy } from './proxy.ts'

/** A mosquitto that can be stopped and started, and a subscriber whose session outlives it. */
async function rig(more = '') {
	const folder = scratch('broker')
	const port = await freePort()
	const config = `${folder.path}/mosquitto.conf`
	const user = process.getuid?.() === 0 ? 'user root\n' : ''
	// The broker's own queue for the subscriber is not what is tried here.
	const text = `${user}listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\npersistence_location ${folder.path}/\n${more}`
	writeFileSync(config, text)
	let running: Mosquitto | undefined
	let client: MqttClient | undefined
	/** Numbers in the order in which they came. */
	const got: number[] = []
	return {
		folder: folder.path,
		port,
		url: `mqtt://127.0.0.1:${port}`,
		got,
		async up() {
			running = await startMosquitto(config, [port])
		},
		/** Without a signal it is gone as a whole. */
		async down(signal: NodeJS.Signals = 'SIGTERM') {
			await running?.stop(signal)
			running = undefined
		},
		/** Sends a signal that does not end it. */
		signal(signal: NodeJS.Signals) {
			if (running?.pid !== undefined) process.kill(running.pid, signal)
		},
		async listen() {
			client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'listener', clean: false, reconnectPeriod: 300, keepalive: 600 })
			client.on('error', () => undefined)
			client.on('message', (_topic, payload) => got.push(Number(payload.toString().slice(0, 8))))
			await client.subscribeAsync('test/number', { qos: 1 })
		},
		async close() {
			client?.end(true)
			// A frozen process takes no signal but this one.
			await this.down('SIGKILL')
			folder.remove()
		},
	}
}

/** A connection of ours, what it said, and its messages by number. */
function sender(settings: Partial<ConnectionSettings>) {
	const said: string[] = []
	const connection = connect({ clientId: 'sender', status: (_connected, text) => void said.push(text), ...settings })
	let last = 0
	return {
		said,
		connection,
		send(bytes = 60) {
			connection.publish({ topic: 'test/number', payload: String(++last).padStart(8, '0').padEnd(bytes, 'x'), retain: false })
		},
		sent: () => last,
	}
}

/** What became of messages 1 to `sent`. */
function fate(got: number[], sent: number) {
	const seen = new Set(got)
	const lost = Array.from({ length: sent }, (_, at) => at + 1).filter((number) => !seen.has(number)).length
	const late = got.filter((number, at) => at > 0 && number < (got[at - 1] ?? 0)).length
	return { lost, twice: got.length - seen.size, late }
}

/** Waits until all came, or nothing has come for so many milliseconds. */
async function arrived(got: number[], sent: number, patience = 10_000): Promise<void> {
	let [before, since] = [got.length, Date.now()]
	while (new Set(got).size < sent && Date.now() - since < patience) {
		await sleep(100)
		if (got.length !== before) [before, since] = [got.length, Date.now()]
	}
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`

async function absent(): Promise<string> {
	const broker = await rig()
	const ready = performance.now()
	const one = sender({ url: broker.url })
	const took = performance.now() - ready
	for (let number = 0; number < 100; number++) one.send()
	await sleep(2000)
	hold(one.said[0]?.includes('no broker answers') === true, `said: ${one.said}`)
	await broker.up()
	const reached = await timed(async () => {
		await broker.listen()
		while (!one.said.some((text) => text.startsWith('connected'))) await sleep(20)
	})
	await one.connection.close()
	await broker.close()
	return `ready after ${took.toFixed(0)} ms; named; connected ${(reached / 1000).toFixed(1)} s after the broker came`
}

/** How often a broker is stopped. */
const ROUNDS = amount(4, 20)

/** Stops the broker again and again under a steady stream; `stop` ends it. */
async function restarts(rounds: number, rate: number, more: string, stop: NodeJS.Signals) {
	const broker = await rig(more)
	await broker.up()
	await broker.listen()
	const one = sender({ url: broker.url })
	await eventually(
		() => one.said.some((text) => text.startsWith('connected')),
		() => one.said.join(),
	)
	// The session of the subscriber outlives a kill from here on.
	await sleep(500)
	broker.signal('SIGUSR1')
	await sleep(500)
	// Behind the last saving: a broker that is killed forgets it, unless it saves at once.
	one.connection.publish({ topic: 'test/retained', payload: 'kept', retain: true })
	const stream = setInterval(() => one.send(), 1000 / rate)
	let retained = 0
	for (let round = 0; round < rounds; round++) {
		await sleep(800)
		await broker.down(stop)
		await sleep(300)
		const connects = () => one.said.filter((text) => text.startsWith('connected')).length
		const before = connects()
		await broker.up()
		while (connects() === before) await sleep(20)
		const watcher = await watchTopics(broker.url, 'test/retained')
		const found = timed(() => watcher.until((seen) => seen.some(({ payload }) => payload === 'kept'), 'what is retained'))
		retained = Math.max(retained, await found)
		await watcher.close()
	}
	clearInterval(stream)
	await arrived(broker.got, one.sent())
	const result = { ...fate(broker.got, one.sent()), sent: one.sent(), retained }
	await one.connection.close()
	await broker.close()
	return result
}

async function terminated(): Promise<string> {
	const { lost, twice, sent } = await restarts(ROUNDS, 150, 'persistence true\n', 'SIGTERM')
	hold(lost === 0, `${lost} of ${sent} lost`)
	return `${ROUNDS} restarts: 0 of ${count(sent)} lost, ${share(twice, sent)} twice`
}

async function killed(): Promise<string> {
	const autosave = 'persistence true\nautosave_interval 1\nautosave_on_changes true\n'
	const { lost, twice, sent, retained } = await restarts(ROUNDS, 50, autosave, 'SIGKILL')
	hold(lost === 0, `${lost} of ${sent} lost`)
	hold(retained < stretched(2000), `retained after ${retained} ms`)
	return `${ROUNDS} kills: 0 of ${count(sent)} lost, ${share(twice, sent)} twice; what is retained there ${(retained / 1000).toFixed(2)} s after the reconnect at the latest`
}

async function killedUnsaved(): Promise<string> {
	const { lost, twice, sent, retained } = await restarts(ROUNDS, 50, 'persistence true\n', 'SIGKILL')
	hold(lost <= sent / 50, `${lost} of ${sent} lost`)
	hold(retained < stretched(2000), `retained after ${retained} ms`)
	return `${ROUNDS} kills: ${lost} of ${count(sent)} (${share(lost, sent)}) lost by the broker after it had acknowledged them, ${share(twice, sent)} twice; what is retained there after ${(retained / 1000).toFixed(2)} s`
}

async function frozen(): Promise<string> {
	const broker = await rig()
	await broker.up()
	await broker.listen()
	const one = sender({ url: broker.url })
	await eventually(
		() => one.said.length > 0,
		() => 'no connection',
	)
	const stream = setInterval(() => one.send(), 100)
	await sleep(1000)
	broker.signal('SIGSTOP')
	const stopped = Date.now()
	while (one.said.length === 1) await sleep(50)
	const noticed = Date.now() - stopped
	await sleep(Math.max(0, 60_000 - noticed))
	const connects = one.said.filter((text) => text.startsWith('connected')).length
	broker.signal('SIGCONT')
	const resumed = await timed(async () => {
		while (one.said.filter((text) => text.startsWith('connected')).length === connects) await sleep(20)
	})
	clearInterval(stream)
	await arrived(broker.got, one.sent())
	const { lost, twice } = fate(broker.got, one.sent())
	hold(lost === 0, `${lost} lost`)
	hold(noticed <= 46_000, `noticed after ${noticed} ms`)
	await one.connection.close()
	await broker.close()
	return `noticed after ${(noticed / 1000).toFixed(1)} s, connected ${(resumed / 1000).toFixed(1)} s after it went on; 0 of ${one.sent()} lost, ${twice} twice`
}

async function blackHole(): Promise<string> {
	const broker = await rig()
	await broker.up()
	await broker.listen()
	const way = await proxy(broker.port)
	const clients = 20
	const all = Array.from({ length: clients }, (_, at) =>
		sender({ url: `mqtt://127.0.0.1:${way.port}`, clientId: `c${at}`, rebuildAfter: 20_000 }),
	)
	const online = () => all.filter(({ said }) => said.at(-1)?.startsWith('connected')).length
	await eventually(
		() => online() === clients,
		() => `${online()} connected`,
	)
	way.toxics = { hole: true }
	await sleep(90_000)
	hold(online() === 0, `${online()} do not know yet`)
	const rebuilt = all.filter(({ said }) => said.some((text) => text.includes('a new client tries'))).length
	way.toxics = {}
	way.reset()
	const took = await timed(async () => {
		while (online() < clients) await sleep(50)
	})
	for (const { send } of all) send()
	await eventually(
		() => broker.got.length === clients,
		() => `${broker.got.length} messages`,
	)
	hold(rebuilt === clients, `${rebuilt} replaced`)
	await Promise.all(all.map(({ connection }) => connection.close()))
	await way.close()
	await broker.close()
	return `${clients} of ${clients} clients noticed, were replaced (after 20 s here), and were connected again ${(took / 1000).toFixed(1)} s after the way was open at the latest`
}

async function longOutage(): Promise<string> {
	const broker = await rig()
	// The way to the broker opens when the listener has subscribed: what came before that would miss it.
	const port = await freePort()
	const one = sender({ url: `mqtt://127.0.0.1:${port}` })
	const total = 186_400
	global.gc?.()
	const before = process.memoryUsage()
	for (let number = 0; number < total; number++) {
		one.send(500)
		// A day in a second: the client's own timers run.
		if (number % 1000 === 0) await sleep(1)
	}
	const { waiting, dropped } = one.connection.counts()
	const after = process.memoryUsage()
	hold(waiting === 10_000 && dropped === total - 10_000, `${waiting} wait, ${dropped} dropped`)
	hold(one.said.filter((text) => text.includes('the oldest are dropped')).length === 1, one.said.join('\n'))
	await broker.up()
	await broker.listen()
	const way = await proxy(broker.port, port)
	await eventually(
		() => broker.got.length >= 10_000,
		() => `${broker.got.length} came: ${one.said}`,
	)
	const { late } = fate(broker.got, total)
	hold(broker.got[0] === total - 9999 && late === 0 && broker.got.length === 10_000, `from ${broker.got[0]}, ${late} out of order`)
	await one.connection.close()
	await way.close()
	await broker.close()
	const more = Math.max(0, (after.rss - before.rss) / 1024 / 1024)
	return `${count(total)} messages of 500 bytes: the newest 10,000 kept and published in order, ${count(dropped)} dropped and counted, told once; resident memory +${more.toFixed(0)} MB before a collection`
}

const KEPT_TOPIC = 'cii/house/reading'

/** Real readings, a minute of them in the long run: telegrams over TCP, the engine, the proxy, mosquitto. */
async function chaos(): Promise<string> {
	const [total, rate] = [amount(1500, 30_000), 500]
	const broker = await rig()
	await broker.up()
	const way = await proxy(broker.port)
	const far = await bridge()
	const folder = scratch('chaos')
	const { engine, log } = await engineOf(
		{
			mqtt: { url: `mqtt://127.0.0.1:${way.port}` },
			meters: [{ name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port } }],
		},
		folder.path,
	)
	const watcher = await watchTopics(broker.url, KEPT_TOPIC)
	await eventually(
		() => far.clients.length === 1 && log.some((line) => line.includes('connected to')),
		() => log.join(''),
	)
	const telegrams = Array.from({ length: total }, (_, at) =>
		p1Telegram('TST5', ['1-3:0.2.8(50)', '0-0:96.1.1(A1)', `1-0:1.8.0(${String(at + 1).padStart(6, '0')}.000*kWh)`]),
	)
	const resets = setInterval(way.reset, 700)
	const started = Date.now()
	let next = 0
	while (next < total) {
		const due = Math.min(total, Math.floor(((Date.now() - started) * rate) / 1000))
		for (; next < due; next++) far.clients[0]?.write(telegrams[next] ?? '')
		await sleep(5)
	}
	const seconds = (Date.now() - started) / 1000
	clearInterval(resets)
	const seqs = () => watcher.seen.map(({ payload }) => JSON.parse(payload) as { seq: number; energy_import: number })
	let [before, since] = [0, Date.now()]
	while (Date.now() - since < 5000) {
		await sleep(200)
		if (watcher.seen.length !== before) [before, since] = [watcher.seen.length, Date.now()]
	}
	const found = seqs()
	const { lost, twice, late } = fate(
		found.map(({ energy_import }) => energy_import / 1000),
		total,
	)
	const ordered = [...new Map(found.map((one) => [one.seq, one])).values()].sort((one, other) => one.seq - other.seq)
	hold(lost === 0, `${lost} lost; ${JSON.stringify(log.slice(-5))}`)
	hold(
		ordered.length === total && ordered.every(({ energy_import }, at) => energy_import === (at + 1) * 1000),
		'the order by seq is not the order of the meter',
	)
	await watcher.close()
	await engine.close()
	await far.close()
	await way.close()
	await broker.close()
	folder.remove()
	return `${count(total)} readings in ${seconds.toFixed(0)} s, ${way.resets} resets: 0 lost, ${share(twice, total)} twice, ${late} steps back in what came, none when ordered by seq`
}

/** Each cause must be named within this time. */
const NAMED_WITHIN = 5000

async function refusals(): Promise<string> {
	const folder = scratch('tls')
	const files = makeCertificates(folder.path)
	const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder.path, stdio: 'pipe' })
	const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy']
	openssl('x509', '-req', '-in', 'server.csr', ...signing, '-days', '-1', '-out', 'expired.crt')
	const [good, expired, locked] = [await freePort(), await freePort(), await freePort()]
	const passwords = `${folder.path}/passwords`
	execFileSync('mosquitto_passwd', ['-c', '-b', passwords, 'reader', 'right'])
	writeFileSync(`${folder.path}/acl`, 'user reader\ntopic write allowed/#\n')
	const tls = (port: number, cert: string) =>
		`listener ${port} 127.0.0.1\nallow_anonymous true\ncafile ${files.ca}\ncertfile ${cert}\nkeyfile ${files.key}\n`
	writeFileSync(
		`${folder.path}/mosquitto.conf`,
		`user root\nper_listener_settings true\n${tls(good, files.cert)}${tls(expired, `${folder.path}/expired.crt`)}listener ${locked} 127.0.0.1\npassword_file ${passwords}\nacl_file ${folder.path}/acl\n`,
	)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [good, expired, locked])
	const ca = readFileSync(files.ca)
	const at = (port: number, more: object) => ({ url: `mqtts://127.0.0.1:${port}`, ...more })
	const cases: [string, Partial<ConnectionSettings>, RegExp][] = [
		['expired', at(expired, { ca }), /has expired: renew it/],
		['wrong authority', at(good, { ca: readFileSync(files.otherCa) }), /not signed by a trusted authority/],
		['wrong name', at(good, { ca, servername: 'elsewhere.example' }), /is for another host name/],
		['wrong password', { url: `mqtt://127.0.0.1:${locked}`, username: 'reader', password: 'wrong' }, /refuses user "reader"/],
		['no right to publish', { url: `mqtt://127.0.0.1:${locked}`, username: 'reader', password: 'right' }, /refuses messages on/],
	]
	const took: string[] = []
	for (const [name, settings, reason] of cases) {
		const one = sender(settings)
		const milliseconds = await timed(async () => {
			one.send()
			await eventually(
				() => one.said.some((text) => reason.test(text)),
				() => `${name}: ${one.said}`,
			)
		})
		hold(milliseconds < NAMED_WITHIN, `${name} named after ${milliseconds} ms`)
		took.push(`${name} ${milliseconds.toFixed(0)} ms`)
		await one.connection.close()
	}
	await mosquitto.stop()
	folder.remove()
	return `named after: ${took.join(', ')}`
}

/** What a broker, and the way to it, can do. */
export const brokerFaults: Fault[] = [
	{ number: 19, fault: 'broker absent at the start', injected: 'no mosquitto for 2 s', prove: absent, waits: true },
	{ number: 20, fault: 'broker restarts', injected: `SIGTERM, ${ROUNDS} times, 150 messages a second`, prove: terminated, waits: true },
	{ number: 21, fault: 'broker killed', injected: `kill -9, ${ROUNDS} times; autosave_on_changes`, prove: killed, waits: true },
	{ number: 22, fault: 'broker killed, default persistence', injected: `kill -9, ${ROUNDS} times`, prove: killedUnsaved, waits: true },
	{ number: 23, fault: 'broker frozen', injected: 'SIGSTOP for 60 s, SIGCONT', prove: frozen, waits: true, long: true },
	{
		number: 24,
		fault: 'way to the broker swallows all',
		injected: 'proxy takes all and passes nothing on, 90 s',
		prove: blackHole,
		waits: true,
		long: true,
	},
	{ number: 25, fault: 'long outage', injected: '186,400 messages without a broker', prove: longOutage },
	{ number: 26, fault: 'connection reset again and again', injected: 'proxy resets every 0.7 s, 500 readings a second', prove: chaos },
	{ number: 29, fault: 'broker refuses', injected: 'mosquitto with TLS, passwords and access rules', prove: refusals },
]
