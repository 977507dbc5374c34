import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedConfig, parseConfig } from '../engine/config/config.ts'
import { type Finding, findingText } from '../engine/document/finding.ts'
import { startEngine } from '../engine/engine.ts'
import { packageRoot } from '../engine/files/package.ts'
import type { Config } from '../schema/types/config.ts'
import type { House } from './demo/house.ts'
import { SimulatedMeters } from './demo/meters.ts'
import { parts, tariffs, titleOf } from './demo/parts.ts'
import { fillPast, type Past, pastBegin } from './demo/past.ts'
import { balanceGarbage } from './garbage.ts'
import { logger } from './log.ts'
import { untilStopped } from './stop.ts'
import { type Table, table } from './table.ts'

export type DemoOptions = {
	port: number
	httpPort: number
	for?: number
	/** The recorded telegrams instead of a simulated house; the two below are for these alone. */
	recorded?: boolean
	speed?: number
	clock?: 'recorded' | 'now'
}

/** The scene of the demo: a config, where it stands if it may be changed, and in a few words what it is. */
type Scene = {
	config: LoadedConfig
	file?: string
	what: string
	begin?(view: Table, past: Past, stopped: AbortSignal): Promise<void>
	close?(): Promise<void>
}

const [MINUTE, DAY] = [60_000, 86_400_000]
/** Where no history is kept. */
const NO_PAST: Past = { add: () => undefined }
/** Minutes before the start that the table's trend shows. */
const MINUTES = 30

/**
 * `cii2mqtt demo`: a house that is simulated by the time of now, or with `recorded` the meters of meters/demo.config.json; and a table (or lines) of what is
 * published. Exit code 0, 2 for options that do not fit each other.
 */
export async function demo(options: DemoOptions): Promise<number> {
	const { recorded, speed, clock } = options
	if (!recorded && (speed !== undefined || clock === 'recorded')) {
		console.error(`--${speed === undefined ? 'clock recorded' : 'speed'} is for --recorded: the simulated house lives by the time of now`)
		return 2
	}
	balanceGarbage()
	const scene = recorded ? recordedScene(options) : await simulatedScene(options)
	try {
		await show(scene, options)
	} finally {
		await scene.close?.()
	}
	return 0
}

/** Runs the engine for a scene until it is stopped. */
async function show({ config, file, what, begin }: Scene, { port, for: seconds }: DemoOptions): Promise<void> {
	const view = table(process.stdout)
	const log = logger('text', (line) => view.line(line))
	log.level = 'warn'
	try {
		const onReading: Parameters<typeof startEngine>[0]['onReading'] = ({ reading }) => view.reading(reading)
		const demo = begin !== undefined
		const engine = await startEngine({ config, log, anyPort: true, demo, onReading, ...(file !== undefined && { file }) })
		if (Array.isArray(engine)) throw new Error(engine.map(findingText).join('\n'))
		log.level = 'info'
		view.title([
			`${what} on mqtt://127.0.0.1:${engine.port}${engine.port === port || port === 0 ? '' : ` (port ${port} is taken)`}`,
			`In a browser:  ${engine.page}`,
			`Or:  mosquitto_sub -p ${engine.port} -v -t 'cii/+/reading'`,
			'Edit a file in profiles/ and watch.     Stop: Ctrl+C',
		])
		const [stopped, failed] = [new AbortController(), new AbortController()]
		const begun = begin?.(view, engine.history ?? NO_PAST, stopped.signal).catch((error: unknown) => {
			failed.abort()
			throw error
		})
		await untilStopped(seconds, failed.signal)
		stopped.abort()
		await begun
		view.close()
		await engine.close()
	} finally {
		view.close()
	}
}

/** The recorded meters, with the options laid over. */
function recordedScene({ port, httpPort, speed = 1, clock = 'recorded' }: DemoOptions): Scene {
	const file = fileURLToPath(new URL('meters/demo.config.json', packageRoot))
	const config = usable(parseConfig(file, readFileSync(file, 'utf8')))
	config.config.mqtt = { embedded: { port } }
	config.config.http = { port: httpPort }
	for (const meter of config.config.meters) meter.transport = { ...meter.transport, speed, clock }
	return { config, what: `${config.config.meters.length} recorded or composed meters` }
}

/** A simulated house, whose meters have ports of their own. Their config and state stand in a folder that goes with the process. */
async function simulatedScene({ port, httpPort }: DemoOptions): Promise<Scene> {
	const folder = mkdtempSync(join(tmpdir(), 'cii2mqtt-demo-'))
	const since = pastBegin(Date.now())
	// Counters at midnight are those of the day before.
	const simulated = await SimulatedMeters.open(parts, since - DAY)
	const { locale } = Intl.DateTimeFormat().resolvedOptions()
	const content: Config = {
		mqtt: { embedded: { port } },
		http: { port: httpPort },
		stateDir: 'state',
		...(tariffs && { tariffs }),
		// A title is the user's own text: the page does not translate it.
		meters: simulated.all.map(({ part, meter }) => ({ ...meter, title: titleOf(part, locale) })),
	}
	const file = join(folder, 'cii2mqtt.json')
	const text = `${JSON.stringify(content, undefined, '\t')}\n`
	writeFileSync(file, text)
	return {
		config: usable(parseConfig(file, text)),
		file,
		what: `a simulated house, ${parts.length} meters,`,
		async begin(view, past, stopped) {
			await fillPast(simulated.all, since, Date.now(), past, stopped)
			if (stopped.aborted) return
			for (const { part, house } of simulated.all) view.past(part.meter.name, lastMinutes(house))
			simulated.start()
		},
		async close() {
			await simulated.close()
			rmSync(folder, { recursive: true, force: true })
		},
	}
}

/** The means of a house's power (W) in the minutes before now, of what its counters have risen by. */
function lastMinutes(house: House): number[] {
	const now = Math.floor(Date.now() / MINUTE) * MINUTE
	const net = Array.from({ length: MINUTES + 1 }, (_, place) => {
		const { energyImport, energyExport } = house.at(now - (MINUTES - place) * MINUTE)
		return energyImport - energyExport
	})
	return net.slice(1).map((energy, place) => (energy - (net[place] as number)) * 60)
}

function usable(config: LoadedConfig | Finding[]): LoadedConfig {
	if (Array.isArray(config)) throw new Error(config.map(findingText).join('\n'))
	return config
}
