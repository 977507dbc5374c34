import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'
import { cli } from './scene.ts'

/** How telegrams are shared out: to so many translators, or to so many workers of one. */
export type Way = { kind: 'translators' | 'workers'; count: number }

/** Where they run: the root of their topics, the folder of their configs and meters, their broker; `log`: what they write is shown. */
export type Place = { root: string; folder: string; url: string; log: boolean }

/** Ended with this process, however it ends. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

/** Starts translators, each with its part of the shards, or one with workers, and waits until they are online. */
export async function startAll(
	{ kind, count }: Way,
	{ root, folder, url, log }: Place,
	client: MqttClient,
	reading: (topic: string, payload: string) => void = () => undefined,
): Promise<ChildProcess[]> {
	const processes = kind === 'workers' ? 1 : count
	// Each worker is online, and so is their supervisor.
	const all = kind === 'workers' ? count + 1 : count
	const online = new Set<string>()
	client.removeAllListeners('message')
	const ready = new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('the translators do not start')), 60_000)
		client.on('message', (topic, payload) => {
			if (topic.endsWith('/reading')) return reading(topic, payload.toString())
			if (payload.toString() === 'online') online.add(topic)
			else online.delete(topic)
			if (online.size < all) return
			clearTimeout(timer)
			resolve()
		})
	})
	const children = Array.from({ length: processes }, (_, place) => {
		const first = (part: number) => Math.floor((1024 * part) / count)
		const named = (shard: number) => String(shard).padStart(4, '0')
		const share = kind === 'workers' ? { workers: count } : { shards: `${named(first(place))}-${named(first(place + 1) - 1)}` }
		const file = join(folder, `${root}-${place}.json`)
		const config = {
			mqtt: { url },
			root,
			instance: `fleet${place}`,
			role: 'translate',
			...share,
			meterFolders: ['meters'],
			meters: [],
		}
		writeFileSync(file, JSON.stringify(config))
		const child = spawn(process.execPath, [cli, 'run', '--config', file], {
			stdio: ['ignore', 'ignore', log ? 'inherit' : 'ignore'],
		})
		running.add(child)
		return child
	})
	await ready
	return children
}

/** Ends them, and resolves when they are gone. */
export async function stopAll(children: ChildProcess[]): Promise<void> {
	await Promise.all(
		children.map((child) => {
			running.delete(child)
			const gone = new Promise((resolve) => child.once('exit', resolve))
			child.kill('SIGTERM')
			return gone
		}),
	)
}

/** Lists a process and those that it has started (Linux). */
export function family(pid: number | undefined): number[] {
	try {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
		return [pid ?? 0, ...children.flatMap((child) => family(Number(child)))]
	} catch {
		return pid === undefined ? [] : [pid]
	}
}
