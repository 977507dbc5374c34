import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedConfig } from './config/config.ts'
import { CurrentConfig } from './config/current.ts'
import { brokerSettings } from './config/mqtt.ts'
import { type Finding, findingText } from './document/finding.ts'
import { MAX_FILE, readRegular } from './files/regular.ts'
import type { History } from './history/history.ts'
import type { Website } from './http/website.ts'
import { Alone } from './instance/alone.ts'
import { Instance } from './instance/instance.ts'
import { LiveSite } from './instance/site.ts'
import type { InstanceSettings } from './instance/wiring.ts'
import { LimitedLog, type Log } from './log/log.ts'
import { RecentLog } from './log/recent.ts'
import type { Traces } from './meter/traces.ts'
import type { ConnectionSettings } from './mqtt/settings.ts'
import type { Applied } from './setup/configuration.ts'
import type { Setup } from './setup/setup.ts'
import type { Bench } from './workbench/bench.ts'

export type EngineSettings = Omit<InstanceSettings, 'log' | 'refused' | 'watch' | 'traces'> & {
	config: LoadedConfig
	log: Log
	/** All values are simulated. */
	demo?: boolean
	/** Shows a text to the person at the terminal that the log must not have. */
	announce?(text: string): void
	/** Where the workbench writes profiles, where no file holds the config, and files that it offers. */
	bench?: { folder: string; offered: ReadonlyMap<string, string> }
	/** Ends the waiting for another process: what comes back then is to be closed. */
	signal?: AbortSignal
}

type Settings = InstanceSettings & Pick<EngineSettings, 'signal' | 'demo' | 'announce' | 'bench'>

/** A config that an instance can be made of. */
type Prepared = { config: CurrentConfig; connection: ConnectionSettings }

/** Milliseconds until a config whose ports could not be opened is tried again. */
const RETRY = 5000

/**
 * Reads all meters of a config and publishes to one broker; profiles and config are reloaded on edit. Returns findings when the config
 * cannot be used at all, and throws an Error when the embedded broker's port cannot be opened. Waits while another process runs as this instance.
 */
export async function startEngine(given: EngineSettings): Promise<Engine | Finding[]> {
	const recent = new RecentLog(given.log)
	const settings = { ...given, log: new LimitedLog(recent) }
	const prepared = prepare(settings, given.config)
	if (Array.isArray(prepared)) return prepared
	const engine = new Engine(settings, prepared, recent)
	await engine.start()
	return engine
}

/** Runs one instance after the other: a change of the config that an instance cannot take over gets a new one, in the same process. */
export class Engine {
	readonly #settings: Settings
	#prepared: Prepared
	#alone: Alone<Instance>
	#changing: Promise<void> = Promise.resolve()
	readonly #site: LiveSite
	/** The last telegrams of the meters, for a page. */
	#traces: Traces | undefined
	/** The config that this process began with. */
	readonly #first: LoadedConfig
	#website: Website | undefined
	#setup: Promise<Setup> | undefined
	#bench: Promise<Bench> | undefined
	readonly #stop = new AbortController()

	constructor(settings: Settings, prepared: Prepared, recent: RecentLog) {
		this.#site = new LiveSite({
			instance: () => this.#alone.runner,
			log: recent,
			traces: () => this.#traces,
			demo: settings.demo === true,
			setup: settings.file === undefined ? undefined : () => this.#openSetup(settings.file ?? ''),
			bench: () => this.#openBench(),
		})
		this.#settings = settings
		this.#prepared = prepared
		this.#first = prepared.config.own
		this.#alone = this.#instance(prepared)
	}

	/** The embedded broker's port, where there is one. */
	get port(): number | undefined {
		return this.#alone.port
	}

	/** Where the page is, where there is one. */
	get page(): string | undefined {
		return this.#website?.address
	}

	/** The history over days, where one is kept. */
	get history(): History | undefined {
		return this.#alone.runner?.history
	}

	/** Starts the first instance, and the page. Throws an Error when a port cannot be opened. */
	async start(): Promise<void> {
		await this.#start(true)
	}

	/** Reads profiles and config again; resolves when all is as they say, in a new instance where that is necessary. */
	async reload(): Promise<void> {
		await this.#alone.reload()
		await this.#changing
	}

	/** Stops everything. */
	async close(): Promise<void> {
		this.#stop.abort()
		await this.#alone.close()
		await this.#changing
		await this.#closePage()
		await (await this.#setup)?.close()
		;(await this.#bench)?.close()
	}

	#instance({ config, connection }: Prepared): Alone<Instance> {
		const { log, signal } = this.#settings
		const { topics, instance, stateFolder: folder, loaded } = config
		const outgrown = (next: LoadedConfig) => void this.#replaceInTurn(next)
		const changed = () => this.#changed()
		const make = (displaced: () => void) => {
			const page = loaded.config.http && { watch: this.#site.watch, traces: this.#traces }
			return new Instance({ ...this.#settings, ...page }, config, connection, { displaced, outgrown, changed })
		}
		const embedded = loaded.config.mqtt.embedded !== undefined
		return new Alone({ connection, topics, instance, folder, embedded, make, log, ...(signal && { signal }) })
	}

	/** Starts the instance, and the page; `waits`: for another process that runs by this config. Without a page nobody looks at telegrams. */
	async #start(waits: boolean): Promise<void> {
		if (this.#prepared.config.loaded.config.http) this.#traces ??= new (await import('./meter/traces.ts')).Traces()
		await this.#alone.start(waits)
		await this.#settlePage()
	}

	#replaceInTurn(next: LoadedConfig): Promise<void> {
		this.#changing = this.#changing
			.then(() => this.#replace(next))
			.catch((error: unknown) => this.#settings.log.error(error, 'taking over the config failed: please report this'))
		return this.#changing
	}

	/** Ends the instance and starts one for another config. Where its ports cannot be opened, or another process runs by it, the config before goes on; both are tried in turn until one can. */
	async #replace(next: LoadedConfig): Promise<void> {
		const { log } = this.#settings
		const { signal } = this.#stop
		const faults = prepare(this.#settings, next)
		if (Array.isArray(faults)) return this.#refuse(faults)
		const before = this.#prepared.config.own
		await this.#alone.close()
		let why = ''
		for (let turn = 0; !signal.aborted; turn++) {
			const isNext = turn % 2 === 0
			const prepared = prepare(
				isNext ? this.#settings : { ...this.#settings, refused: { text: next.document.text, why } },
				isNext ? next : before,
			)
			if (Array.isArray(prepared)) this.#refuse(prepared)
			else {
				this.#prepared = prepared
				this.#alone = this.#instance(prepared)
				try {
					await this.#start(false)
					log.info(isNext ? 'the config is taken over' : 'the config before goes on')
					return
				} catch (error) {
					if (isNext) why = (error as Error).message
					log.error(`${isNext ? 'the config is not taken over' : 'the config before cannot go on'}: ${(error as Error).message}`)
				}
			}
			if (!isNext) await sleep(RETRY, undefined, { signal }).catch(() => undefined)
		}
	}

	/** Makes the set-up: most processes are never asked for it. */
	#openSetup(file: string): Promise<Setup> {
		const { stateDir, log } = this.#settings
		this.#setup ??= import('./setup/setup.ts').then(({ Setup }) => {
			const setup = new Setup({
				file,
				stateDir,
				http: this.#prepared.config.own.config.http,
				apply: () => this.#apply(),
				tell: (text) => log.warn({ cause: 'setup' }, text),
				embedded: () => this.#alone.runner?.broker?.connect,
				forget: (meter) => this.history?.forget(meter),
			})
			setup.subscribe(this.#site.progress)
			return setup
		})
		return this.#setup
	}

	/** Makes the workbench: most processes are never asked for it. */
	#openBench(): Promise<Bench> {
		const { file, log, bench } = this.#settings
		this.#bench ??= import('./workbench/bench.ts').then(
			({ Bench }) =>
				new Bench({
					config: () => this.#prepared.config.loaded,
					file,
					...bench,
					live: (meter) => this.#traces?.lines(meter),
					status: (name) => this.#alone.runner?.profile(name),
					configure: async (folder) => (await this.#openSetup(file ?? '')).nameProfiles(folder),
					settled: () => this.reload(),
					stateFile: this.#prepared.config.stateFile('profiles.jsonl'),
					tell: (text) => log.warn({ cause: 'workbench' }, text),
				}),
		)
		return this.#bench
	}

	/** Takes over what the set-up has written. A config that was taken away again leaves what ran without one. */
	async #apply(): Promise<Applied> {
		const { file = '' } = this.#settings
		const before = this.#alone
		if (!existsSync(file)) await this.#replaceInTurn(this.#first)
		await this.reload()
		const { own } = this.#prepared.config
		const text = existsSync(file) ? readRegular(file, MAX_FILE) : own.document.text
		return { applied: own.document.text === text, restarted: this.#alone !== before, meters: own.config.meters.map(({ name }) => name) }
	}

	/** Tells the page, and has it follow the config to another port. */
	#changed(): void {
		this.#site.changed()
		const { config } = this.#prepared
		const { http } = config.loaded.config
		if (http && this.#website) void this.#website.settle(http, config.stateFile('access.json'))
	}

	/** Opens the page that the config wants, where it wants it; one that is open stays open over instances. */
	async #settlePage(): Promise<void> {
		const { config } = this.#prepared
		const { http } = config.loaded.config
		if (this.#stop.signal.aborted) return
		const accessFile = config.stateFile('access.json')
		if (!http || this.#website) return http ? this.#website?.settle(http, accessFile) : this.#closePage()
		const { Website } = await import('./http/website.ts')
		this.#website = new Website({
			...this.#settings,
			http,
			site: this.#site,
			instance: config.instance,
			accessFile,
			broker: () => this.#alone.runner?.broker,
		})
		await this.#website.open()
	}

	async #closePage(): Promise<void> {
		await this.#website?.close()
		this.#website = undefined
		this.#traces?.close()
	}

	#refuse(findings: Finding[]): void {
		for (const finding of findings) this.#settings.log.error(`the config is not taken over: ${findingText(finding)}`)
	}
}

/** Checks a config, and makes what an instance needs of it. */
function prepare(settings: InstanceSettings, loaded: LoadedConfig): Prepared | Finding[] {
	const config = new CurrentConfig({ ...settings, config: loaded })
	const connection = brokerSettings(config.loaded, config.topics, settings.log)
	if (Array.isArray(connection)) return connection
	const faults = config.faults()
	return faults.length > 0 ? faults : { config, connection }
}
