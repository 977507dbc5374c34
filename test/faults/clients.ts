import { readFileSync, writeFileSync } from 'node:fs'
import { p1Telegram } from '../support/craft.ts'
import { bridge, eventually, freePort, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { fuzzClient } from '../support/mqtt-fuzz.ts'
import { type Evil, evil } from './evil.ts'
import { count, type Fault, hold, sleep, timed } from './fault.ts'
import { neighbour } from './neighbour.ts'
import { program } from './processes.ts'

/** A meter of an adapter whose broker is another one. */
const victim = (url: string, number = 0) => ({
	name: `victim${number}`,
	profile: 'gplug-2021',
	transport: { url: `${url}/${number}`, levels: { device: 'victim' } },
})

/** The built program with mosquitto for its readings, a meter beside, and meters whose broker is evil; `work` goes on while it is attacked. */
async function beside(kind: Evil, victims: number, work: (pid: number) => Promise<void>) {
	const [folder, port, page] = [scratch('evil'), await freePort(), await freePort()]
	const user = process.getuid?.() === 0 ? 'user root\n' : ''
	writeFileSync(`${folder.path}/mosquitto.conf`, `${user}listener ${port} 127.0.0.1\nallow_anonymous true\n`)
	const mosquitto = await startMosquitto(`${folder.path}/mosquitto.conf`, [port])
	const [other, attacker] = [await neighbour(), await evil(kind)]
	const config = (attacked: boolean) => ({
		mqtt: { url: `mqtt://127.0.0.1:${port}` },
		http: { port: page },
		meters: [other.entry, ...(attacked ? Array.from({ length: victims }, (_, number) => victim(attacker.url, number)) : [])],
	})
	const calm = program(folder.path, config(false))
	await other.watch(`mqtt://127.0.0.1:${port}`)
	const before = await other.p99(amount(1500, 8000))
	const calmPeak = peak(calm.child.pid ?? 0)
	await calm.stop()
	const attacked = program(folder.path, config(true))
	let exit: number | null | undefined
	void attacked.ended.then((code) => {
		exit = code
	})
	try {
		await other.watch(`mqtt://127.0.0.1:${port}`)
		const during = await other.p99(() => work(attacked.child.pid ?? 0))
		hold(exit === undefined, `the process ended with ${exit}`)
		const metrics = await (await fetch(`http://127.0.0.1:${page}/metrics`)).text()
		hold((await attacked.stop()) === 0, 'its exit code is not 0')
		return { ratio: during / before, during, log: attacked.log(), visits: (await attacker.taken()).visits, metrics, calmPeak }
	} finally {
		attacked.child.kill('SIGKILL')
		await attacker.close()
		await other.close()
		await mosquitto.stop()
		folder.remove()
	}
}

const pace = ({ ratio, during }: { ratio: number; during: number }) =>
	`the meter beside kept its pace: p99 ${during.toFixed(0)} ms between readings, ${ratio.toFixed(2)} times that without attack`

/** How much slower another meter may become on a machine that is shared. */
const SLOWER = 4

async function wrongPackets(): Promise<string> {
	const pubrel = await beside('pubrel', 1, () => sleep(amount(1500, 5000)))
	hold(/sends a PUBREL, which a broker must not send here/.test(pubrel.log), pubrel.log)
	const mutated = await beside('mutated', 20, () => sleep(amount(2000, 20_000)))
	hold(mutated.ratio < SLOWER, pace(mutated))
	hold(mutated.visits > 20, `${mutated.visits} connections`)
	return `named, its connection closed and tried again; ${mutated.visits} connections of 20 clients ended by mutated packets, exit code 0; ${pace(mutated)}. Before: the process ended 0.1 s after the first`
}

async function mutatedPackets(): Promise<string> {
	const inputs = amount(20_000, 1_000_000)
	let uncaught = 0
	const hear = () => void uncaught++
	process.on('uncaughtException', hear)
	const { sessions, grown, messages, faults } = await fuzzClient(inputs, 46)
	process.off('uncaughtException', hear)
	hold(uncaught === 0, `${uncaught} uncaught errors`)
	// A few thousand packets leave the collector less to even out.
	hold(grown < amount(12, 5), `${grown} MB more`)
	const closed = Object.values(faults).reduce((sum, each) => sum + each, 0)
	return `${count(inputs)}, whole and in pieces, in ${count(sessions)} sessions: 0 uncaught errors, ${count(closed)} connections closed for ${Object.keys(faults).length} named causes, ${count(messages)} messages read, heap +${grown.toFixed(1)} MB. Before: 5 of 20,000 ended the process`
}

/** The most memory that a process has had, MB. */
const peak = (pid: number) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function hugeMessage(): Promise<string> {
	let most = 0
	const result = await beside('huge', 1, async (pid) => {
		await sleep(8000)
		most = peak(pid)
	})
	const skipped = Number(/^cii_skipped_messages_total (\d+)/m.exec(result.metrics)?.[1] ?? 0)
	hold(/"tele\/victim\/SENSOR\\" is not taken: it has 250000000 bytes/.test(result.log), result.log)
	const more = most - result.calmPeak
	hold(more < 60, `${more} MB more`)
	hold(result.ratio < SLOWER, pace(result))
	return `passed over without being held, acknowledged and named; ${skipped} of them, at most ${most.toFixed(0)} MB resident, ${more.toFixed(0)} MB more than without; ${pace(result)}. Before: held whole, 592 MB, 491 MB more`
}

/** The built program whose only broker is evil, and a meter of it, ten telegrams a second. */
async function alone(kind: Evil, more: object = {}) {
	const [folder, far, attacker, page] = [scratch('evil'), await bridge(), await evil(kind), await freePort()]
	const one = program(folder.path, {
		mqtt: { url: attacker.url, ...more },
		http: { port: page },
		stateDir: 'state',
		meters: [{ name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port } }],
	})
	let sent = 0
	const feed = setInterval(() => {
		if (far.clients.length > 0) far.clients.at(-1)?.write(p1Telegram('TST5', [`1-0:1.8.0(${String(++sent).padStart(6, '0')}.000*kWh)`]))
	}, 100)
	return {
		one,
		attacker,
		sent: () => sent,
		stopFeed: () => clearInterval(feed),
		health: async () => (await fetch(`http://127.0.0.1:${page}/health`)).status,
		async close() {
			clearInterval(feed)
			one.child.kill('SIGKILL')
			await one.ended
			await attacker.close()
			await far.close()
			folder.remove()
		},
	}
}

async function muteBroker(): Promise<string> {
	const { one, health, attacker, close } = await alone('mute')
	await one.says('connected to')
	const named = await timed(async () => {
		while (!one.log().includes('acknowledged none')) await sleep(100)
	})
	hold(named < 60_000, `named after ${named} ms`)
	await eventually(
		() => one.log().includes('acknowledged none'),
		() => one.log(),
	)
	const states: number[] = []
	for (let second = 0; second < 20; second++) {
		states.push(await health())
		await sleep(500)
	}
	hold(
		states.every((status) => status === 503),
		`health ${states}`,
	)
	const { visits } = await attacker.taken()
	hold(visits >= 2, `${visits} connections`)
	const ended = await timed(() => one.stop())
	hold(ended < 3000, `ended after ${ended} ms`)
	await close()
	return `named after ${(named / 1000).toFixed(0)} s, connected again and all sent again; /health 503 from then on; SIGTERM ends after ${(ended / 1000).toFixed(1)} s. Before: no line, /health 200; SIGTERM had not ended it after 100 s`
}

async function endings(): Promise<string> {
	const took: string[] = []
	for (const kind of ['mute', 'deaf', 'stays', 'silent'] as const) {
		const { one, close } = await alone(kind, { outbox: { disk: true } })
		await one.says('tcp is open')
		await sleep(2500)
		const ended = await timed(() => one.stop())
		hold(ended < 3000, `${kind}: ended after ${ended} ms`)
		took.push(`${kind} ${(ended / 1000).toFixed(1)} s`)
		await close()
	}
	return `SIGTERM ends after: ${took.join(', ')}. Before: two not after 100 s, 34.8 s, 0.2 s`
}

async function quota(): Promise<string> {
	const { one, attacker, sent, stopFeed, close } = await alone('quota')
	await one.says('takes no message on')
	await sleep(30_000)
	stopFeed()
	const all = () => sent()
	let got = new Set<number>()
	for (let tries = 0; tries < 100 && got.size < all(); tries++) {
		await sleep(500)
		got = new Set((await attacker.taken()).payloads.map((payload) => (JSON.parse(payload) as { energy_import: number }).energy_import))
	}
	hold(got.size >= all() - 1, `${got.size} of ${all()}`)
	const { refused } = await attacker.taken()
	const lines = one.lines('takes no message on')
	await close()
	return `${refused} refusals, said in ${lines} line(s); 0 of ${count(got.size)} readings lost. Before: each message that was refused was dropped`
}

async function holes(): Promise<string> {
	const { one, attacker, sent, stopFeed, close } = await alone('holes')
	await one.says('connected to')
	await sleep(100_000)
	stopFeed()
	await sleep(2000)
	const got = new Set((await attacker.taken()).payloads.map((payload) => (JSON.parse(payload) as { energy_import: number }).energy_import))
	hold(one.log().includes('and others behind it'), one.log())
	const total = sent()
	const { visits } = await attacker.taken()
	await close()
	return `noticed by those behind it: ${visits} connections, ${got.size} of ${total} readings taken so far, the rest waits`
}

/** What a broker can do to the client. */
export const clientFaults: Fault[] = [
	{
		number: 46,
		fault: 'a broker sends what no broker may',
		injected: '62 00 behind CONNACK; mutated packets all the time',
		prove: wrongPackets,
		long: true,
	},
	{ number: 46.1, fault: 'mutated packets of both versions', injected: 'one to three changes each', prove: mutatedPackets },
	{
		number: 46.2,
		fault: 'a message of 250 MB',
		injected: 'every three seconds, to a filter that was asked for',
		prove: hugeMessage,
		long: true,
	},
	{
		number: 47,
		fault: 'a broker takes everything and acknowledges nothing',
		injected: '10 telegrams a second',
		prove: muteBroker,
		waits: true,
		long: true,
	},
	{
		number: 47.1,
		fault: 'SIGTERM before such brokers',
		injected: 'mute, deaf, one that never hangs up, one that never answers',
		prove: endings,
		waits: true,
		long: true,
	},
	{ number: 47.2, fault: 'a quota is used up', injected: 'PUBACK 0x97 for 20 s', prove: quota, waits: true, long: true },
	{ number: 47.3, fault: 'a broker acknowledges nine of ten', injected: 'at random, 100 s', prove: holes, waits: true, long: true },
]
