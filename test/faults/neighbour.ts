import { type Watcher, watchTopics } from '../support/broker.ts'
import { p1Telegram } from '../support/craft.ts'
import { bridge, eventually } from '../support/engine-of.ts'
import { quantile, sleep } from './fault.ts'

/** Milliseconds between the telegrams of the meter beside an attack. */
const EVERY = 20

/** A meter beside the one that is attacked, and the time between its readings. */
export type Neighbour = Awaited<ReturnType<typeof neighbour>>

/**
 * A meter that sends a DSMR telegram every 20 ms by TCP: `entry` is its entry in the config. `watch` sees its readings on a broker, from a process's
 * start on. `p99` gives the time between its readings, in milliseconds, while the work goes on (or for so many milliseconds): below it lie 99 of 100.
 * Work that keeps this process busy belongs into another one, or it measures itself.
 */
export async function neighbour() {
	const far = await bridge()
	let watts = 0
	const feed = setInterval(() => {
		watts = (watts + 1) % 1000
		far.clients.at(-1)?.write(p1Telegram('XMX5NEIGHBOUR', [`1-0:1.7.0(00.${String(watts).padStart(3, '0')}*kW)`]))
	}, EVERY)
	let watcher: Watcher | undefined
	let times: number[] = []
	return {
		entry: { name: 'neighbour', profile: 'dsmr', transport: { kind: 'tcp', host: '127.0.0.1', port: far.port } },
		async watch(url: string): Promise<void> {
			await watcher?.close()
			times = []
			watcher = await watchTopics(url, 'cii/neighbour/reading')
			watcher.client.removeAllListeners('message').on('message', () => times.push(performance.now()))
			await eventually(
				() => times.length > 5,
				() => 'the readings of the meter beside',
			)
		},
		async p99(work: number | (() => Promise<unknown>)): Promise<number> {
			times = [performance.now()]
			await (typeof work === 'number' ? sleep(work) : work())
			times.push(performance.now())
			return quantile(
				times.slice(1).map((time, at) => time - (times[at] ?? 0)),
				0.99,
			)
		},
		async close(): Promise<void> {
			clearInterval(feed)
			await watcher?.close()
			await far.close()
		},
	}
}
