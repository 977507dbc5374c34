import { existsSync } from 'node:fs'
import { type LoadedConfig, parseConfig, readConfig } from '../engine/config/config.ts'
import type { Worker } from '../engine/config/role.ts'
import { type Finding, findingText } from '../engine/document/finding.ts'
import type { Engine } from '../engine/engine.ts'
import type { Log } from '../engine/log/log.ts'
import { balanceGarbage } from './garbage.ts'
import { logger } from './log.ts'
import { untilStopped } from './stop.ts'

type RunOptions = {
	config: string
	/** The config must be there. */
	named?: boolean
	/** Where the page opens as long as there is no config. */
	page?: { host?: string; port: number }
	log: 'text' | 'json'
	worker?: Worker
}

/** The config of a process that has none yet: the page, and a broker that nobody needs to know. */
const FIRST = { mqtt: { embedded: { port: 0 } }, stateDir: 'state', meters: [] }

/** `cii2mqtt run`: exit code 0 after a signal, 2 for a config that cannot be used, 3 when its port cannot be opened. */
export async function run({ config: file, named = true, page, log: form, worker }: RunOptions): Promise<number> {
	balanceGarbage()
	const isFirst = !named && !existsSync(file)
	const config = isFirst ? parseConfig(file, JSON.stringify({ ...FIRST, http: { ...page } }, undefined, '\t')) : load(file)
	if (Array.isArray(config)) return refuse(config)
	const log = logger(form, undefined, worker?.number)
	// systemd names the folder that it made for the unit.
	const stateDir = process.env.STATE_DIRECTORY?.split(':')[0]
	// It may wait long, for another process to end.
	const ending = new AbortController()
	const abandoned = new AbortController()
	const stopped = untilStopped(undefined, abandoned.signal).then((signal) => {
		// Readers of the log learn why the process is gone: somebody ended it.
		if (signal) log.info(`${signal}: this process ends`)
		ending.abort()
	})
	let running: Pick<Engine, 'reload'> | undefined
	let code = 0
	process.on('SIGHUP', () => void running?.reload().catch((error: unknown) => log.error(error)))
	const announce = (text: string) => void process.stderr.write(`${text}\n`)
	const settings = {
		config,
		log,
		announce,
		signal: ending.signal,
		...(stateDir && { stateDir }),
		...(isFirst && { anyPort: page === undefined }),
	}
	try {
		if (config.config.workers !== undefined && !worker) {
			const failed = (why: number) => {
				code = why
				abandoned.abort()
			}
			const { supervise } = await import('./workers.ts')
			const supervisor = await supervise({ ...settings, words: [process.argv[1] ?? '', 'run', '--config', file, '--log', form], failed })
			if (Array.isArray(supervisor)) return refuse(supervisor)
			running = supervisor
			await stopped
			await supervisor.close()
			return code
		}
		// Without its supervisor a worker ends as well, also after kill -9.
		if (worker) process.once('disconnect', () => abandoned.abort())
		if (worker && !process.connected) abandoned.abort()
		// A supervisor does without it.
		const { startEngine } = await import('../engine/engine.ts')
		const engine = await startEngine({ ...settings, file, ...(worker && { worker }) })
		if (Array.isArray(engine)) return refuse(engine)
		running = engine
		// It may be gone by now.
		if (worker) process.send?.('ready', undefined, undefined, () => undefined)
		if (isFirst) log.info(`there is no ${file} yet: set up the first meter on ${engine.page}, or by "cii2mqtt setup" here`)
		else tell(engine, config, stateDir, log)
		await stopped
		await engine.close()
		return 0
	} finally {
		// Nothing of these holds a process that is to end.
		abandoned.abort()
		if (process.connected) process.disconnect()
	}
}

/** Says which ports are open, and what will not outlive the process. */
function tell({ port, page }: Engine, { config }: LoadedConfig, stateDir: string | undefined, log: Log): void {
	if (port !== undefined) log.info(`the embedded broker listens on ${config.mqtt.embedded?.host ?? '127.0.0.1'}:${port}`)
	if (page !== undefined) log.info(`the page is on ${page}`)
	const { meters, stateDir: kept = stateDir } = config
	if (kept === undefined && meters.some(({ keys }) => keys))
		log.warn('replay counters of ciphered meters are kept in memory only: set stateDir in the config')
}

function load(file: string) {
	try {
		return readConfig(file)
	} catch (error) {
		const cause = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : `cannot be read (${(error as Error).message})`
		const hint = 'name it with --config; the README has one to begin with'
		return [{ file, line: 1, column: 1, code: 'config/file', severity: 'error', message: `the config ${cause}`, hint } satisfies Finding]
	}
}

function refuse(findings: Finding[]): number {
	for (const finding of findings) console.error(findingText(finding))
	return 2
}
