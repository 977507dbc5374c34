import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedConfig } from '../engine/config/config.ts'
import { otherSessions, stateFolder } from '../engine/config/current.ts'
import { brokerSettings } from '../engine/config/mqtt.ts'
import { shardFaults, type Worker, workerName } from '../engine/config/role.ts'
import type { Finding } from '../engine/document/finding.ts'
import { packageVersion } from '../engine/files/package.ts'
import { Alone } from '../engine/instance/alone.ts'
import { bridgeOf } from '../engine/instance/bridge.ts'
import { LimitedLog, type Log } from '../engine/log/log.ts'
import { hold } from '../engine/mqtt/claim.ts'
import { type Connection, connect } from '../engine/mqtt/client.ts'
import type { ConnectionSettings } from '../engine/mqtt/settings.ts'
import { ALL, PARTS } from '../engine/mqtt/shards.ts'
import { type Topics, topics } from '../engine/mqtt/topics.ts'

/** Milliseconds until a worker that ended is started again: doubled each time, up to the last; the first again after one that lasted. */
const [FIRST_PAUSE, LAST_PAUSE, LASTED] = [500, 30_000, 60_000]
/** Milliseconds after which a worker that does not end is killed. */
const PATIENCE = 2500
/** Exit codes of a config that cannot be used, and of a port that cannot be opened: a new start would not help. */
const HOPELESS = [2, 3]

export type SuperviseSettings = {
	config: LoadedConfig
	/** Words of the command line by which each worker is started; its number comes behind them. */
	words: string[]
	stateDir?: string
	/** Ends the waiting for another process. */
	signal: AbortSignal
	/** Called with the exit code of a worker that could not start. */
	failed(code: number): void
	log: Log
}

/** What runs the workers. */
export type Supervisor = Pick<Alone<Workers>, 'reload' | 'close'>

/** Starts the workers of a translator, each a process with its own sessions and state, and those again that end. Returns findings when the config cannot be used. */
export async function supervise(settings: SuperviseSettings): Promise<Supervisor | Finding[]> {
	const { config, stateDir, signal } = settings
	const { instance = 'main', root = 'cii' } = config.config
	const log = new LimitedLog(settings.log)
	const faults = [...shardFaults(config), ...otherSessions(config, stateDir)]
	const names = topics(root, instance)
	const connection = faults.length > 0 ? faults : brokerSettings(config, names, log)
	if (Array.isArray(connection)) return connection
	const folder = stateFolder(config, stateDir)
	const make = (displaced: () => void) => new Workers({ ...settings, log }, connection, names, displaced)
	const supervisor = new Alone({ connection, topics: names, instance, folder, embedded: false, make, signal, log })
	await supervisor.start()
	return supervisor
}

/**
 * A worker's process, where it runs, and how long to wait before the next one. `ready`: one of its processes was there; `listens`: this one hears a SIGHUP,
 * which would end it before; `reload`: it is to hear one then.
 */
type Place = {
	worker: Worker
	child: ChildProcess | undefined
	pause: number
	timer: NodeJS.Timeout | undefined
	ready: boolean
	listens: boolean
	reload: boolean
}

/** Runs the workers of one instance, and says on `cii/bridge/<instance>` that it does. */
class Workers {
	readonly port = undefined
	readonly #settings: SuperviseSettings
	readonly #output: Connection
	readonly #bridge: ReturnType<typeof bridgeOf>
	readonly #claim: ReturnType<typeof hold>
	readonly #places: Place[]
	#ending = false

	constructor(settings: SuperviseSettings, connection: ConnectionSettings, names: Topics, displaced: () => void) {
		this.#settings = settings
		this.#output = connect(connection)
		this.#bridge = bridgeOf(this.#output, names, settings.log)
		this.#claim = hold(this.#output, names, displaced)
		const { workers } = settings.config.config
		const of = typeof workers === 'number' ? workers : Math.min(availableParallelism(), PARTS)
		this.#places = Array.from({ length: of }, (_, place) => ({
			worker: { number: place + 1, of },
			child: undefined,
			pause: FIRST_PAUSE,
			timer: undefined,
			ready: false,
			listens: false,
			reload: false,
		}))
	}

	/** Starts all workers. */
	start(): Promise<void> {
		const { instance = 'main', shards = ALL } = this.#settings.config.config
		const workers = this.#places.map(({ worker }) => workerName(instance, worker))
		this.#bridge.info({ version: packageVersion(), since: new Date().toISOString(), role: 'translate', shards, workers })
		for (const place of this.#places) this.#begin(place)
		return Promise.resolve()
	}

	/** Lets all workers read profiles and config again. */
	reload(): Promise<void> {
		for (const place of this.#places) {
			if (place.listens) place.child?.kill('SIGHUP')
			else place.reload = true
		}
		return Promise.resolve()
	}

	/** Ends all workers; `displaced`: another process speaks for this instance, and nothing more is sent. */
	async close(displaced = false): Promise<void> {
		this.#ending = true
		this.#claim.close()
		if (displaced) await this.#output.close()
		else this.#bridge.state('offline')
		// At once: a broker that answers nothing takes its time, here as there.
		await Promise.all([this.#output.close(), ...this.#places.map((place) => ended(place))])
	}

	#begin(place: Place): void {
		const { words } = this.#settings
		const { number, of } = place.worker
		const [program = '', ...args] = words
		const child = fork(program, [...args, '--worker', `${number}/${of}`])
		const since = performance.now()
		place.child = child
		place.listens = place.reload = false
		child.on('message', () => this.#ready(place))
		child.once('exit', (code, signal) => this.#gone(place, code, signal ?? `exit code ${code}`, performance.now() - since))
		child.on('error', (error) => {
			// One that could not be started has no exit.
			if (child.pid === undefined) this.#gone(place, null, error.message, 0)
		})
	}

	/** The instance is online when all of its workers are there for the first time. */
	#ready(place: Place): void {
		place.ready = place.listens = true
		if (place.reload) place.child?.kill('SIGHUP')
		place.reload = false
		if (!this.#ending && this.#places.every(({ ready }) => ready)) this.#bridge.state('online')
	}

	#gone(place: Place, code: number | null, how: string, lasted: number): void {
		const { failed, log } = this.#settings
		const { number } = place.worker
		place.child = undefined
		place.listens = false
		if (this.#ending) return
		if (!place.ready && code !== null && HOPELESS.includes(code)) {
			failed(code)
			return
		}
		if (lasted > LASTED) place.pause = FIRST_PAUSE
		log.error(
			{ cause: `worker ${number}`, changes: true },
			`worker ${number} ended (${how}): it is started again after ${place.pause / 1000} s`,
		)
		place.timer = setTimeout(() => this.#begin(place), place.pause)
		place.pause = Math.min(2 * place.pause, LAST_PAUSE)
	}
}

/** Ends a worker, by force where it does not go. */
async function ended({ child, timer }: Place): Promise<void> {
	clearTimeout(timer)
	if (!child || child.exitCode !== null || child.signalCode !== null) return
	const gone = once(child, 'exit')
	// A signal may have come to it already, as to all of a terminal or a unit, and a second one would end it at once.
	if (child.connected) child.disconnect()
	else child.kill('SIGTERM')
	const late = new AbortController()
	const killed = sleep(PATIENCE, undefined, { signal: late.signal }).then(
		() => child.kill('SIGKILL'),
		() => undefined,
	)
	await gone
	late.abort()
	await killed
}
