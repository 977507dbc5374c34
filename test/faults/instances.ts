import { writeFileSync } from 'node:fs'
import { memoryFile } from '../../engine/meter/memory-file.ts'
import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { freePort, scratch } from '../support/engine-of.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { builtin } from '../support/pipeline.ts'
import { type Fault, hold, sleep } from './fault.ts'
import { neighbour } from './neighbour.ts'
import { program } from './processes.ts'

/** Real brokers: mosquitto (MQTT 5), and the embedded one of another process (3.1.1), of which none is stopped. */
async function brokers(folder: string) {
	const port = await freePort()
	writeFileSync(
		`${folder}/mosquitto.conf`,
		`${process.getuid?.() === 0 ? 'user root\n' : ''}listener ${port} 127.0.0.1\nallow_anonymous true\n`,
	)
	return { port, url: `mqtt://127.0.0.1:${port}`, up: () => startMosquitto(`${folder}/mosquitto.conf`, [port]) }
}

/** Seconds until something is so. */
async function secondsTo(holds: () => boolean, what: string): Promise<string> {
	const started = performance.now()
	while (!holds()) {
		if (performance.now() - started > 40_000) throw new Error(`waited in vain: ${what}`)
		await sleep(20)
	}
	return ((performance.now() - started) / 1000).toFixed(1)
}

/** Processes of one instance at one broker, with a meter whose readings say by their session whose they are. */
async function rig(url: string, more: object = {}) {
	const beside = await neighbour()
	const folders: ReturnType<typeof scratch>[] = []
	const running: ReturnType<typeof program>[] = []
	const begin = (extra: object = {}) => {
		const folder = scratch('instance')
		folders.push(folder)
		const one = program(folder.path, { mqtt: { url }, meters: [beside.entry], ...more, ...extra })
		running.push(one)
		return one
	}
	return {
		beside,
		begin,
		async close(): Promise<void> {
			await Promise.all(running.map((one) => one.stop('SIGKILL')))
			await beside.close()
			for (const folder of folders) folder.remove()
		},
	}
}

const BEFORE =
	'before: 5 lost connections in 10 s and p99 ratio 3.5 at mosquitto, 6 and 2.5 at an embedded broker, without end; the loser named only by MQTT 5'

const OUT = 'this one stays out'

/** A second process beside a first: the pace of the first's readings, how often its connection was lost, and how long until the second follows it. */
async function twice(url: string): Promise<string> {
	const { beside, begin, close } = await rig(url)
	try {
		const first = begin()
		await first.says('the first reading is published')
		await beside.watch(url)
		const calm = await beside.p99(4000)
		const second = begin()
		const under = await beside.p99(10_000)
		const lost = [first, second].reduce(
			(sum, one) => sum + one.lines('closed the connection') + one.lines('another client is connected'),
			0,
		)
		const told = second.lines(OUT)
		if (told !== 1) return `${lost} lost connections in 10 s, p99 ratio ${(under / calm).toFixed(1)}, NOT NAMED`
		first.child.kill('SIGKILL')
		const after = await secondsTo(() => second.lines('the first reading is published') > 0, 'the second takes over')
		second.child.kill('SIGKILL')
		const third = begin()
		const again = await secondsTo(() => third.lines('the first reading is published') > 0, 'a restart after kill -9')
		return `named once, ${lost} lost connections in 10 s, p99 ratio ${(under / calm).toFixed(1)}; after kill -9 of the first the second follows in ${after} s, and a restarted one publishes in ${again} s`
	} finally {
		await close()
	}
}

/** A process that is frozen while the broker still holds its connection: another one starts, and the first stands aside when it wakes. */
async function frozen(url: string): Promise<string> {
	const { begin, close } = await rig(url)
	try {
		const first = begin()
		await first.says('the first reading is published')
		first.child.kill('SIGSTOP')
		const second = begin()
		const after = await secondsTo(() => second.lines('the first reading is published') > 0, 'a process beside a frozen one')
		first.child.kill('SIGCONT')
		await first.says('stands aside')
		await first.says(OUT).catch((error: Error) => {
			throw new Error(`${error.message}\n--- the other:\n${second.log()}`)
		})
		const before = second.lines('closed the connection') + second.lines('connected to')
		await sleep(8000)
		const lost = second.lines('closed the connection') + second.lines('connected to') - before
		hold(lost <= 2, `the second lost its connection: ${second.log()}`)
		return `beside a frozen one, whose connection the broker still holds, another publishes after ${after} s, and the frozen one stands aside when it wakes`
	} finally {
		await close()
	}
}

/** Two that start before their broker: in a moment one of them stands aside. */
async function early(at: Awaited<ReturnType<typeof brokers>>): Promise<string> {
	const { begin, close } = await rig(at.url)
	let broker: Awaited<ReturnType<typeof startMosquitto>> | undefined
	try {
		const both = [begin(), begin()]
		await Promise.all(both.map((one) => one.says('no broker answers')))
		broker = await at.up()
		const after = await secondsTo(() => both.filter((one) => one.lines(OUT) > 0).length === 1, 'one of two stands aside').catch(
			(error: Error) => {
				throw new Error(`${error.message}: ${both.map((one) => one.log()).join('---')}`)
			},
		)
		const connects = () => both.reduce((sum, one) => sum + one.lines('connected to'), 0)
		const before = connects()
		await sleep(10_000)
		hold(connects() - before <= 1, `they go on: ${both.map((one) => one.log()).join('\n---\n')}`)
		return `of two that started before their broker one stands aside after ${after} s, for good`
	} finally {
		await close()
		await broker?.stop()
	}
}

/** Who writes to the claim's topic what he likes. */
async function forged(url: string): Promise<string> {
	const { beside, begin, close } = await rig(url)
	const stranger = await watchTopics(url, 'cii/bridge/main/claim')
	try {
		const first = begin()
		await first.says('the first reading is published')
		await beside.watch(url)
		const calm = await beside.p99(4000)
		const timer = setInterval(() => {
			for (const payload of ['{"session":"forged"}', '{"session":"other","ask":true}', 'x'.repeat(10_000), '{}'])
				stranger.client.publish('cii/bridge/main/claim', payload, { retain: payload.startsWith('{"session":"f') })
		}, 20)
		const under = await beside.p99(8000)
		clearInterval(timer)
		hold(first.lines('stands aside') === 0 && first.lines('closed the connection') === 0, first.log())
		const answers = stranger.seen.filter(({ payload }) => !/forged|other|xxx|\{\}/.test(payload)).length
		first.child.kill('SIGKILL')
		const next = begin()
		const after = await secondsTo(() => next.lines('the first reading is published') > 0, 'a start beside a forged claim')
		return `200 forged claims a second: p99 ratio ${(under / calm).toFixed(1)}, ${answers} answers in 8 s; with a forged one retained, a restart after kill -9 publishes in ${after} s`
	} finally {
		await stranger.close()
		await close()
	}
}

/** Two translators, whose sessions have a client id of their own. */
async function translators(url: string): Promise<string> {
	const { begin, close } = await rig(url, { role: 'translate', meters: [{ name: 'neighbour', profile: 'dsmr' }] })
	try {
		const first = begin()
		await first.says('raw telegrams: connected')
		const second = begin()
		await second.says(OUT)
		await sleep(4000)
		hold(first.lines('closed the connection') === 0 && first.lines('another client') === 0, first.log())
		return 'a second translator leaves the first its session'
	} finally {
		await close()
	}
}

/** Two processes with one folder of state, at brokers of their own. */
async function folder(): Promise<string> {
	const shared = scratch('shared')
	const { begin, close } = await rig('', { stateDir: shared.path, meters: [] })
	try {
		const embedded = async () => ({ mqtt: { embedded: { port: await freePort() } } })
		const first = begin(await embedded())
		await first.says('listens on')
		const second = begin(await embedded())
		await second.says(OUT)
		first.child.kill('SIGKILL')
		const after = await secondsTo(() => second.lines('listens on') > 0, 'the folder is free')
		return `a second process with the same state folder stays out, and follows ${after} s after kill -9 of the first`
	} finally {
		await close()
		shared.remove()
	}
}

export const instanceFaults: Fault[] = [
	{
		number: 49,
		fault: 'two processes with one instance',
		injected: 'at mosquitto and at an embedded broker of another process, kill -9, SIGSTOP, forged claims, one state folder',
		long: true,
		waits: true,
		async prove() {
			const place = scratch('brokers')
			const at = await brokers(place.path)
			const host = program(place.path, { mqtt: { embedded: { port: at.port + 1 } }, instance: 'host', meters: [] })
			try {
				const before = await early(at)
				const mosquitto = await at.up()
				const five = await twice(at.url)
				const others = [await frozen(at.url), await forged(at.url), await translators(at.url)]
				await mosquitto.stop()
				await host.says('listens on')
				const old = await twice(`mqtt://127.0.0.1:${at.port + 1}`)
				return [`mosquitto: ${five}`, `embedded broker: ${old}`, before, ...others, await folder(), BEFORE].join('; ')
			} finally {
				await host.stop('SIGKILL')
				place.remove()
			}
		},
	},
	{
		number: 49.1,
		fault: 'a raw telegram comes again after a restart of its translator',
		injected: '100 telegrams delivered again, 100 retained by a stranger',
		async prove() {
			const place = scratch('again')
			try {
				const translator = () => {
					const memories = memoryFile(`${place.path}/memory.json`, (text) => hold(false, text))
					const memory = memories.of('house', '')
					const one = readingPipeline({ name: 'house', id: 'house', profile: builtin('dsmr'), keys: {}, session: 0, seq: 0, memory })
					const give = async (seq: number, retain = false) => {
						const properties = { session: '2026-11-28T08:00:00.000Z', seq: String(seq), received: '2026-11-28T08:00:00.000Z' }
						const payload = p1Telegram('XMX5LGBBFFB231096081', [`1-0:1.7.0(00.${String(seq).padStart(3, '0')}*kW)`])
						const outcomes = await one.raw({ topic: 'cii/raw/00/house', payload, retain, properties }, Date.now())
						return outcomes.filter(({ kind }) => kind === 'reading').length
					}
					const stop = () => {
						memories.keep('house', '', one.memory(), 1)
						memories.flush()
					}
					return { give, stop }
				}
				const totals = [0, 0, 0]
				const add = (at: number, more: number) => {
					totals[at] = (totals[at] ?? 0) + more
				}
				const first = translator()
				for (let seq = 0; seq < 100; seq++) add(0, await first.give(seq))
				first.stop()
				const second = translator()
				for (let seq = 0; seq < 100; seq++) add(1, await second.give(seq))
				for (let seq = 100; seq < 200; seq++) add(2, await second.give(seq, true))
				const after = await second.give(100)
				hold(totals[0] === 100 && totals[1] === 0 && totals[2] === 0 && after === 1, totals.join(', '))
				return '0 of 100 delivered again and 0 of 100 retained are published, and each new one is; after kill -9, those of the last minute (or 256) that the broker delivers again may be, and without MQTT 5 nothing tells them; before: 100 and 100'
			} finally {
				place.remove()
			}
		},
	},
]
