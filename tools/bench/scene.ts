import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../test/support/engine-of.ts'
import { type Mosquitto, startMosquitto } from '../../test/support/mosquitto.ts'

/** A folder, a real broker, and processes that end with what is measured in them, however it ends. */
export type Scene = {
	folder: string
	url: string
	/** The broker's process. */
	broker: number
	/** A name that nothing else of this scene has. */
	name(kind: string): string
	/** Starts a program of Node, `talking`: with messages to and from it. One that ends without being told to fails the scene, with what it wrote last. */
	start(words: string[], talking?: boolean): Program
	/** Starts another program, which need not be waited for. */
	spawn(command: string, words: string[]): void
}

export type Program = { pid: number; child: ChildProcess; stop(): Promise<void> }

/** The built program. */
export const cli = fileURLToPath(new URL('../cli.js', import.meta.url))

/** Says why this machine cannot measure whole processes, or undefined. */
export function unable(...programs: string[]): string | undefined {
	if (!existsSync('/proc/self/clear_refs')) return 'whole processes are measured by /proc, which only Linux has'
	const missing = ['mosquitto', ...programs].filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
	return missing.length > 0
		? `whole processes are measured with ${missing.join(' and ')}: install it (apt install ${missing.join(' ')})`
		: undefined
}

/** Runs `work` in a scene, and clears it away afterwards. */
export async function inScene<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'cii-bench-'))
	const children = new Set<ChildProcess>()
	let mosquitto: Mosquitto | undefined
	const clear = () => {
		for (const child of children) child.kill('SIGKILL')
		void mosquitto?.stop('SIGKILL')
		rmSync(folder, { recursive: true, force: true })
	}
	const interrupt = () => process.exit(130)
	process.once('exit', clear)
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
	try {
		const broker = await startBroker(folder)
		mosquitto = broker.mosquitto
		let fail = (_error: Error) => {}
		const failed = new Promise<never>((_, reject) => {
			fail = reject
		})
		let names = 0
		const scene: Scene = {
			folder,
			url: broker.url,
			broker: broker.mosquitto.pid ?? 0,
			name: (kind) => `${kind}${names++}`,
			start: (words, talking = false) => program({ words, talking, log: join(folder, `log${names++}`), cwd: folder }, children, fail),
			spawn: (command, words) => void children.add(spawn(command, words, { stdio: 'ignore' })),
		}
		return await Promise.race([work(scene), failed])
	} catch (error) {
		throw new Error(`${(error as Error).message}\n${lastLines(folder)}`)
	} finally {
		clear()
		process.removeListener('exit', clear)
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt)
	}
}

type Words = { words: string[]; talking: boolean; log: string; cwd: string }

function program({ words, talking, log, cwd }: Words, children: Set<ChildProcess>, fail: (error: Error) => void): Program {
	const file = openSync(log, 'w')
	const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', file, file, ...(talking ? (['ipc'] as const) : [])] })
	closeSync(file)
	children.add(child)
	let stopped = false
	const gone = new Promise<void>((resolve) =>
		child.once('exit', (code, signal) => {
			children.delete(child)
			if (!stopped) fail(new Error(`node ${words.join(' ')} has ended (${signal ?? code})`))
			resolve()
		}),
	)
	return {
		pid: child.pid ?? 0,
		child,
		stop() {
			stopped = true
			child.kill('SIGTERM')
			return gone
		},
	}
}

/** What the programs of a scene wrote last. */
function lastLines(folder: string): string {
	const logs = readdirSync(folder).filter((name) => /^log\d+$/.test(name))
	return logs.map((name) => readFileSync(join(folder, name), 'utf8').slice(-2000)).join('\n')
}

/** Starts a mosquitto that keeps all and sends at once, as tools/deploy/fleet.md asks. */
export async function startBroker(folder: string): Promise<{ url: string; mosquitto: Mosquitto }> {
	const port = await freePort()
	const config = join(folder, 'mosquitto.conf')
	const lines = [
		`listener ${port} 127.0.0.1`,
		'allow_anonymous true',
		'max_queued_messages 0',
		'max_inflight_messages 1000',
		'set_tcp_nodelay true',
	]
	writeFileSync(config, `${process.getuid?.() === 0 ? 'user root\n' : ''}${lines.join('\n')}\n`)
	return { url: `mqtt://127.0.0.1:${port}`, mosquitto: await startMosquitto(config, [port]) }
}
