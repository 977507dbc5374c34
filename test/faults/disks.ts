import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parsed } from '../../engine/files/sealed.ts'
import { memoryFile } from '../../engine/meter/memory-file.ts'
import { Spool } from '../../engine/mqtt/spool.ts'
import { Owners } from '../../engine/output/ownership.ts'
import { underKeys } from '../../engine/pipeline/memory.ts'
import { seeded } from '../../tools/faults.ts'
import { hexBytes, p1Telegram, sealed } from '../support/craft.ts'
import { bridge, eventually, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { root } from '../support/root.ts'
import { damageFile, MANY_WAYS } from '../support/state-damage.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { stallingBroker } from './stalling.ts'

type Reading = { session: string; seq: number; energy_import: number }

/** The program that notes what it reads, with this config, in a folder. */
function noting(folder: string, config: object) {
	writeFileSync(`${folder}/cii2mqtt.json`, JSON.stringify(config))
	const child: ChildProcess = spawn(process.execPath, [`${root}dist/test/faults/noted.js`], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, CONFIG: `${folder}/cii2mqtt.json`, NOTES: `${folder}/notes`, NODE_OPTIONS: '--unhandled-rejections=strict' },
	})
	let log = ''
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()))
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
	return {
		log: () => log,
		hasEnded: () => child.exitCode !== null,
		stop(signal: NodeJS.Signals) {
			child.kill(signal)
			return ended
		},
	}
}

const notes = (folder: string): string[] =>
	existsSync(`${folder}/notes`) ? readFileSync(`${folder}/notes`, 'utf8').trimEnd().split('\n').filter(Boolean) : []
const read = (text: string) => JSON.parse(text) as Reading
const nameOf = ({ session, seq }: Reading) => `${session} ${seq}`

/** 100 telegrams a second, each with a counter that is one higher; the process is killed or asked to end at random moments, over and over. */
async function killed(): Promise<string> {
	const rounds = amount(10, 200)
	const random = seeded(48)
	const folder = scratch('spooled')
	const far = await bridge()
	const broker = await stallingBroker('house/reading', random)
	const config = {
		mqtt: { url: broker.url, outbox: { disk: true } },
		stateDir: 'state',
		meters: [{ name: 'house', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port } }],
	}
	let energy = 100_000
	const feed = setInterval(() => {
		const shown = (++energy / 1000).toFixed(3).padStart(10, '0')
		far.clients.at(-1)?.write(p1Telegram('XMX5HOUSE', [`1-0:1.8.0(${shown}*kWh)`]))
	}, 10)
	const slowest = { SIGTERM: 0, SIGKILL: 0 }
	for (let round = 0; round < rounds; round++) {
		const before = notes(folder.path).length
		const one = noting(folder.path, config)
		await eventually(
			() => notes(folder.path).length > before || one.hasEnded(),
			() => one.log(),
		)
		await sleep(random(700))
		hold(!one.hasEnded(), `ended by itself: ${one.log()}`)
		const signal = random(2) === 0 ? 'SIGTERM' : 'SIGKILL'
		const since = performance.now()
		const code = await one.stop(signal)
		slowest[signal] = Math.max(slowest[signal], performance.now() - since)
		if (signal === 'SIGTERM') hold(code === 0, `ended with ${code}: ${one.log()}`)
	}
	clearInterval(feed)
	broker.calm()
	const last = noting(folder.path, config)
	const noted = notes(folder.path)
	const missing = () => noted.filter((text) => !broker.acknowledged.has(text))
	await eventually(
		() => missing().length === 0,
		() => '',
	).catch(() => undefined)
	await last.stop('SIGTERM')
	const lost = missing().length
	const [names, energies] = [new Map<string, string>(), new Map<number, string>()]
	let [twice, wrong] = [0, 0]
	const known = new Set(noted)
	for (const text of broker.taken) {
		const reading = read(text)
		const name = nameOf(reading)
		if (names.has(name)) twice++
		// Another value under the same name, or the same telegram under another.
		if ((names.get(name) ?? text) !== text || (energies.get(reading.energy_import) ?? name) !== name || reading.energy_import > energy)
			wrong++
		names.set(name, text)
		energies.set(reading.energy_import, name)
	}
	const unknown = [...names.values()].filter((text) => !known.has(text)).length
	await far.close()
	await broker.close()
	folder.remove()
	const figure = `${rounds} rounds: ${lost} of ${count(noted.length)} readings lost, ${wrong} wrong, ${((100 * twice) / broker.taken.length).toFixed(1)} % twice, each with the session and seq that it had; ended ${(slowest.SIGTERM / 1000).toFixed(1)} s after SIGTERM at the latest`
	const before = 'before: in 30 rounds 18 of 827 lost, and 5.1 s after SIGTERM'
	hold(lost === 0 && wrong === 0, `${figure}; ${unknown} that were not noted`)
	return `${figure}; ${before}`
}

const KEY = '000102030405060708090A0B0C0D0E0F'
const AUTH = '00112233445566778899AABBCCDDEEFF'
const TITLE = '5341473500004059'
/** What the meter's register says in the first telegram of a round. */
const BASE = 6_545_700
const telegram = (invocation: number) =>
	sealed(p1Telegram('EST5\\253710000_A', [`1-0:1.8.0(00${BASE + invocation}*Wh)`]), KEY, AUTH, hexBytes(TITLE), invocation)

/** Payloads of readings that wait, as they were read. */
const waiting = Array.from({ length: 10 }, (_, at) =>
	JSON.stringify({ schema: 'cii.reading/1', meter: 'house', session: '2026-11-28T08:00:00.000Z', seq: at, energy_import: 1_000_000 + at }),
)

/** Writes the three state files as an engine leaves them. */
function leave(folder: string): void {
	const none = (text: string) => hold(false, text)
	const memories = memoryFile(`${folder}/main.memory.json`, none)
	const at = Date.now() - 10_000
	const total = { value: BASE, at, time: new Date(at).toISOString(), step: 1, alone: 9 }
	const { keys } = underKeys({}, { encryption: hexBytes(KEY) })
	for (const name of ['barn', 'house', 'shed'])
		memories.keep(
			name,
			'',
			{ ...(keys !== undefined && { keys }), counter: { systemTitle: TITLE, last: 100 }, totals: { values: { energy_import: total } } },
			1,
		)
	memories.flush()
	const owners = new Owners(`${folder}/main.published.json`, none)
	for (let at = 0; at < 10; at++)
		owners.set(`cii/house/values/f${at}`, { output: 'values', meter: 'house', announced: false, retain: true })
	owners.meters(['barn', 'house', 'shed'])
	owners.flush()
	const spool = new Spool(`${folder}/main.outbox.jsonl`, none)
	for (const payload of waiting) spool.add({ topic: 'cii/house/reading', payload, retain: false })
	spool.flush()
}

/** Starts with state files that are damaged, each in its way; then the meter sends its next telegrams. */
async function damaged(): Promise<string> {
	const rounds = amount(10, 200)
	const far = await bridge()
	const sums = { crashed: 0, wrong: 0, shutOut: 0, unnamed: 0, lost: 0 }
	const examples: string[] = []
	for (let round = 0; round < rounds; round++) {
		const folder = scratch('damaged')
		const state = `${folder.path}/state`
		mkdirSync(state)
		writeFileSync(`${folder.path}/house.key`, KEY, { mode: 0o600 })
		leave(state)
		const kinds = ['memory.json', 'published.json', 'outbox.1.jsonl'].map((name) => `${state}/main.${name}`)
		// Each kind in another way, so that each has had every way in the end.
		const ways = kinds.map((file, kind) => damageFile(file, round + 5 * kind))
		const broker = await stallingBroker('/reading', seeded(round))
		broker.calm()
		const clients = far.clients.length
		const one = noting(folder.path, {
			mqtt: { url: broker.url, outbox: { disk: true } },
			stateDir: 'state',
			meters: [
				{
					name: 'house',
					profile: 'sagemcom-t210-p1',
					transport: { kind: 'tcp', host: '127.0.0.1', port: far.port },
					keys: { encryption: { $file: 'house.key' } },
				},
			],
		})
		const within = (holds: () => boolean) =>
			eventually(
				() => holds() || one.hasEnded(),
				() => '',
			).catch(() => undefined)
		await within(() => far.clients.length > clients)
		for (const invocation of [101, 102]) far.clients.at(-1)?.write(telegram(invocation))
		const values = () => broker.taken.flatMap((text) => (waiting.includes(text) ? [] : [(parsed(text) as Partial<Reading>)?.energy_import]))
		const isHere = () => values().includes(BASE + 101) && values().includes(BASE + 102)
		await within(isHere)
		const has = [one.hasEnded() || far.clients.length === clients, !isHere()]
		const code = await Promise.race([one.stop('SIGTERM'), sleep(10_000)])
		if (has[0] || code !== 0) {
			sums.crashed++
			await one.stop('SIGKILL')
		} else if (has[1]) sums.shutOut++
		const right = /^cii\/(bridge\/main|house|barn|shed)\/(values\/f\d|[a-z]+(\/[a-z0-9-]+)?)$/
		const strange = [...broker.topics].filter((topic) => !right.test(topic))
		const wrong = values().filter((value) => value !== BASE + 101 && value !== BASE + 102).length + strange.length
		sums.wrong += wrong
		sums.unnamed += kinds.filter(
			(file) => !one.log().includes(`${file} is damaged`) && !one.log().includes(`${file} cannot be read`),
		).length
		sums.lost += waiting.filter((text) => !broker.taken.includes(text)).length
		if (has.includes(true) || code !== 0 || wrong > 0) examples.push(`${ways.join(' / ')}: ${strange} ${values()} ${one.log().slice(-300)}`)
		await broker.close()
		folder.remove()
	}
	await far.close()
	const figure = `${rounds} files of each of three kinds, each in one of ${MANY_WAYS} ways: ${sums.crashed} crashed or hung, ${sums.wrong} wrong values or topics published, ${sums.shutOut} meters shut out, ${sums.unnamed} not named; of ${count(10 * rounds)} readings that waited, ${sums.lost} were in lines that were lost`
	const before =
		'before: of 200 files of each kind with damaged bytes, 68 gave messages that were never written, 56 memories of no meter, 19 topics of nobody, and 345 of 600 were not named; a pipe stopped the start, and a link to a device took 10 GB'
	hold(sums.crashed + sums.wrong + sums.shutOut + sums.unnamed === 0, `${figure}\n${examples.slice(0, 10).join('\n')}`)
	return `${figure}; ${before}`
}

export const diskFaults: Fault[] = [
	{
		number: 48,
		fault: 'the process is killed with readings on their way',
		injected: 'kill -9 and SIGTERM at random moments, a broker that acknowledges as it likes, "disk": true',
		prove: killed,
		long: true,
	},
	{
		number: 48.1,
		fault: 'state files are damaged',
		injected: 'cuts, flipped bits, digits, blocks, swapped lines, pipes, devices, folders, 100 GB: in memory, published and outbox at once',
		prove: damaged,
		long: true,
	},
]
