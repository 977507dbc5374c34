import { readConfig } from '../engine/config/config.ts'
import { type Finding, findingText } from '../engine/document/finding.ts'
import { type Engine, startEngine } from '../engine/engine.ts'
import { balanceGarbage } from './garbage.ts'
import { logger } from './log.ts'
import { untilStopped } from './stop.ts'

/** `cii2mqtt run`: exit code 0 after a signal, 2 for a config that cannot be used, 3 when its port cannot be opened. */
export async function run({ config: file, log: form }: { config: string; log: 'text' | 'json' }): Promise<number> {
	balanceGarbage()
	const config = load(file)
	if (Array.isArray(config)) return refuse(config)
	const log = logger(form)
	// systemd names the folder that it made for the unit.
	const stateDir = process.env.STATE_DIRECTORY?.split(':')[0]
	// It may wait long, for another process to end.
	const ending = new AbortController()
	const stopped = untilStopped().then(() => ending.abort())
	let engine: Engine | Finding[] | undefined
	process.on('SIGHUP', () => void (engine as Engine | undefined)?.reload().catch((error: unknown) => log.error(error)))
	engine = await startEngine({ config, file, log, signal: ending.signal, ...(stateDir && { stateDir }) })
	if (Array.isArray(engine)) return refuse(engine)
	if (engine.port !== undefined)
		log.info(`the embedded broker listens on ${config.config.mqtt.embedded?.host ?? '127.0.0.1'}:${engine.port}`)
	if (engine.page !== undefined) log.info(`the dashboard is on ${engine.page}`)
	const { meters, stateDir: kept = stateDir } = config.config
	if (kept === undefined && meters.some(({ keys }) => keys))
		log.warn('replay counters of ciphered meters are kept in memory only: set stateDir in the config')
	await stopped
	await engine.close()
	return 0
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
