import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import mqtt from 'mqtt'
import { topics } from '../../engine/mqtt/topics.ts'
import { fleetCheck } from '../../tools/bench/fleet-check.ts'
import { type FleetMeter, fleetMeter } from '../../tools/bench/fleet-meters.ts'
import { eventually, freePort, scratch } from '../support/engine-of.ts'
import { startMosquitto } from '../support/mosquitto.ts'
import { count, type Fault, hold, sleep } from './fault.ts'
import { program } from './processes.ts'

const METERS = 30
const names = topics('cii', 'main')

/** A broker, a folder of meters with their keys, and a reader that sends their telegrams in turn until it is told to stop. */
async function rig(folder: string) {
	// Not when this file is loaded: telegrams of all kinds are composed for it, which takes long.
	const fleet = Array.from({ length: METERS }, (_, place) => fleetMeter(place))
	const port = await freePort()
	const user = process.getuid?.() === 0 ? 'user root\n' : ''
	writeFileSync(`${folder}/mosquitto.conf`, `${user}listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n`)
	const mosquitto = await startMosquitto(`${folder}/mosquitto.conf`, [port])
	const url = `mqtt://127.0.0.1:${port}`
	mkdirSync(`${folder}/meters`)
	const entry = ({ name, profile, keys }: FleetMeter) => {
		const files = Object.entries(keys ?? {}).map(([use, key]) => {
			writeFileSync(`${folder}/meters/${name}.${use}`, key, { mode: 0o600 })
			return [use, { $file: `${name}.${use}` }]
		})
		// They send a hundred times as fast as meters do.
		return { name, profile, expect: { time: null, 'energy_*': { maxPower: 1e12 } }, ...(keys && { keys: Object.fromEntries(files) }) }
	}
	writeFileSync(`${folder}/meters/fleet.json`, JSON.stringify({ meters: fleet.map(entry) }))
	const publisher = await mqtt.connectAsync(url, { protocolVersion: 5 })
	const watcher = await mqtt.connectAsync(url, { protocolVersion: 5, properties: { receiveMaximum: 65_535 } })
	const check = fleetCheck(fleet, 1e6)
	const states = new Map<string, string>()
	watcher.on('message', (topic, payload) => {
		if (topic.endsWith('/reading')) check.take(topic, payload.toString(), Date.now())
		else states.set(topic, payload.toString())
	})
	await watcher.subscribeAsync(['cii/+/reading', 'cii/bridge/+/state'], { qos: 1 })
	let [going, n] = [true, 0]
	const session = new Date().toISOString()
	const begin = async () => {
		for (; going; n++) {
			const sent = fleet.map((meter) => {
				const userProperties = { received: new Date().toISOString(), session, seq: String(n), profile: meter.profile }
				// Every second meter has a reader of version 0.2.
				const topic = Number(meter.name.at(-1)) % 2 ? names.formerRaw(meter.name) : names.raw(meter.name)
				return publisher.publishAsync(topic, Buffer.from(meter.telegram(n)), { qos: 1, properties: { userProperties } })
			})
			await Promise.all([...sent, sleep(50)])
		}
	}
	const missing = () => n * METERS - check.result().arrived
	return {
		url,
		begin,
		total: () => n * METERS,
		online: (instance: string) => states.get(`cii/bridge/${instance}/state`) === 'online',
		/** Waits until every telegram sent so far has its reading. */
		async caughtUp(what: string): Promise<void> {
			const upTo = n * METERS
			await eventually(
				() => check.result().arrived >= upTo,
				() => `${upTo - check.result().arrived} of ${upTo} readings are missing ${what}`,
			)
		},
		end(): void {
			going = false
		},
		missing,
		result: check.result,
		async close(): Promise<void> {
			going = false
			await Promise.all([publisher.endAsync(true), watcher.endAsync(true)])
			await mosquitto.stop()
		},
	}
}

/** The processes that a process has started. */
function workersOf(pid: number | undefined): number[] {
	const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
	return text.split(' ').filter(Boolean).map(Number)
}

/** Runs so many workers, and waits until all are online. */
async function running(folder: string, url: string, workers: number, online: (instance: string) => boolean) {
	const one = program(folder, { mqtt: { url }, role: 'translate', workers, stateDir: 'state', meterFolders: ['meters'], meters: [] })
	const all = Array.from({ length: workers }, (_, place) => `main-worker-${place + 1}`)
	await eventually(
		() => ['main', ...all].every(online),
		() => `${workers} workers: ${one.log()}`,
	)
	return one
}

export const workerFaults: Fault[] = [
	{
		number: 62,
		fault: 'workers of a translator die, and their number changes',
		injected: 'kill -9 of one of three and of their supervisor, three to two to three, under 600 telegrams a second',
		long: true,
		async prove() {
			const place = scratch('workers')
			const at = await rig(place.path)
			let one = await running(place.path, at.url, 3, at.online)
			try {
				const sending = at.begin()
				await at.caughtUp('at the start')
				process.kill(workersOf(one.child.pid)[1] ?? 0, 'SIGKILL')
				await eventually(
					() => !at.online('main-worker-2'),
					() => one.log(),
				)
				await eventually(
					() => at.online('main-worker-2'),
					() => one.log(),
				)
				await at.caughtUp('after kill -9 of a worker')
				const told = one.lines('worker 2 ended (SIGKILL)')
				const ends: number[] = []
				for (const workers of [2, 3]) {
					const asked = performance.now()
					hold((await one.stop()) === 0, `exit code: ${one.log()}`)
					ends.push(performance.now() - asked)
					await sleep(1000)
					one = await running(place.path, at.url, workers, at.online)
					await at.caughtUp(`with ${workers} workers`)
				}
				const killed = performance.now()
				await one.stop('SIGKILL')
				const orphans = performance.now() - killed
				one = await running(place.path, at.url, 3, at.online)
				at.end()
				await sending
				await at.caughtUp('after kill -9 of the supervisor')
				const { wrong, duplicates, disordered } = at.result()
				hold(
					at.missing() === 0 && wrong === 0 && disordered === 0 && told === 1,
					JSON.stringify({ missing: at.missing(), wrong, disordered, told }),
				)
				hold(Math.max(...ends, orphans) < 3000, `ended after ${ends} and ${orphans} ms`)
				return `${count(at.total())} telegrams, by topics of today and of version 0.2: 0 lost, 0 wrong, 0 out of order, ${duplicates} readings twice, each with the session and seq that it had; all ended ${(Math.max(...ends) / 1000).toFixed(1)} s after SIGTERM at the latest, and ${(orphans / 1000).toFixed(1)} s after kill -9 of the supervisor`
			} finally {
				await one.stop('SIGKILL')
				await at.close()
				place.remove()
			}
		},
	},
]
