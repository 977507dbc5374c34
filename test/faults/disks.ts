import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { seeded } from '../../tools/faults.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, eventually, scratch } from '../support/engine-of.ts'
import { amount } from '../support/long.ts'
import { root } from '../support/root.ts'
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
	hold(lost === 0 && wrong === 0, `${figure}; ${unknown} that were not noted`)
	return figure
}

export const diskFaults: Fault[] = [
	{
		number: 48,
		fault: 'the process is killed with readings on their way',
		injected: 'kill -9 and SIGTERM at random moments, a broker that acknowledges as it likes, "disk": true',
		prove: killed,
		long: true,
	},
]
