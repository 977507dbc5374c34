import { type LastGoodSettings, lastGood } from './check/last-good.ts'
import { profileFolders } from './config/config.ts'
import { CurrentConfig, type CurrentConfigSettings, enabledMeters } from './config/current.ts'
import { brokerSettings, writtenBy } from './config/mqtt.ts'
import { inputFindings } from './config/shared.ts'
import { type Finding, findingText } from './document/finding.ts'
import { packageVersion } from './files/package.ts'
import { type Watcher, watch } from './files/watch.ts'
import { openPort } from './http/listen.ts'
import { type Page, pageAddress, webPage } from './http/page.ts'
import { bridgeOf } from './meter/bridge.ts'
import { inputs, outboxOf, rawSession } from './meter/connections.ts'
import { memoryFile } from './meter/memory-file.ts'
import type { MeterSettings } from './meter/meter.ts'
import { Meters } from './meter/meters.ts'
import { Reloads } from './meter/reloads.ts'
import { Translator } from './meter/translator.ts'
import { type Broker, broker } from './mqtt/broker.ts'
import { connect } from './mqtt/client.ts'
import type { ConnectionSettings } from './mqtt/settings.ts'
import { RETAINED, shard, shardsOf } from './mqtt/topics.ts'
import { entriesOf } from './output/output.ts'
import { Outputs, type OutputsSettings } from './output/outputs.ts'
import { Owners } from './output/ownership.ts'
import { type Recalled, recall } from './output/recall.ts'

export type EngineSettings = CurrentConfigSettings & {
	/** The ports of the embedded broker and of the dashboard may give way to the next free ones. */
	anyPort?: boolean
	onReading?: MeterSettings['onReading']
}

/** An engine that runs. */
export type Engine = Pick<LiveEngine, 'port' | 'page' | 'reload' | 'close'>

/**
 * Reads all meters of a config and publishes to one broker; profiles and config are reloaded on edit. Returns findings when the config
 * cannot be used at all, and throws an Error when the embedded broker's port cannot be opened.
 */
export async function startEngine(settings: EngineSettings): Promise<Engine | Finding[]> {
	const config = new CurrentConfig(settings)
	const connection = brokerSettings(config.loaded, config.topics, settings.log)
	if (Array.isArray(connection)) return connection
	const faults = config.faults()
	if (faults.length > 0) return faults
	const embedded = config.loaded.config.mqtt.embedded ? await broker() : undefined
	let engine: LiveEngine | undefined
	const onChecked = { more: () => engine?.checked(), done: () => engine?.inform() }
	engine = new LiveEngine(settings, config, wire(settings, config, connection, embedded, onChecked))
	try {
		await engine.start()
		return engine
	} catch (error) {
		await engine.close()
		throw error
	}
}

/** Milliseconds until a port for the page that was taken is tried again. */
const PAGE_RETRY = 5000

/** Makes all that runs for one config, and ties it together. Nothing is read or published yet. */
function wire(
	settings: EngineSettings,
	config: CurrentConfig,
	connection: ConnectionSettings,
	embedded: Broker | undefined,
	onChecked: Pick<LastGoodSettings, 'more' | 'done'>,
) {
	const { log } = settings
	const { topics, instance, role, loaded } = config
	const session = Date.now()
	const warn = (text: string) => log.warn(text)
	const written = () => writtenBy(config.loaded, topics)
	const toBroker = { ...connection, ...(embedded && { stream: embedded.connect }) }
	const output = connect({ ...toBroker, ...outboxOf(loaded, config.stateFile('outbox.jsonl'), warn) })
	const input = inputs(output, connection.clientId, () => config.loaded.config.mqtt.url, log)
	const bridge = bridgeOf(output, topics, log)
	const profiles = lastGood({
		...onChecked,
		tell: (...status) => bridge.status('profile', ...status),
		warn,
		info: (text) => log.info(text),
	})
	const memories = memoryFile(config.stateFile('memory.json'), warn)
	const file = config.stateFile('published.json')
	// An embedded broker forgets with its process.
	const recalled = file === undefined && !embedded ? recall(output, topics) : undefined
	const put = (payload: string) => void recalled?.then(() => output.publish({ topic: topics.bridgePublished, payload, retain: true }))
	const owners = new Owners(file, warn, recalled && put)
	const common = { topics, session, output, role, log }
	const translator = new Translator({ ...common, instance, connect: () => rawSession(toBroker, log) })
	const occupied = () => ({ inputs: meters.filters(), written: [...written(), ...topics.reserved] })
	const ours = { instance, version: packageVersion() }
	const tell: OutputsSettings['tell'] = (...status) => bridge.status('output', ...status)
	const outputs = new Outputs({ ...common, connection: output, owners, bridge: ours, occupied, tell })
	const readers: MeterSettings['readers'] = (protocol) => profiles.readers(protocol)
	const onReading: MeterSettings['onReading'] = (outcome, profile) => {
		page?.reading(outcome.reading, profile.document.meter?.timezone)
		settings.onReading?.(outcome, profile)
	}
	const meters: Meters = new Meters({
		...common,
		outputs,
		memories,
		profiles,
		inputOf: input.of,
		raw: translator,
		readers,
		written,
		onReading,
	})
	const page: Page | undefined =
		loaded.config.http &&
		webPage({ config: loaded, embedded, connection: { connected: () => output.connected(), counts: input.counts }, meters, session })
	return { recalled, session, embedded, output, input, bridge, profiles, memories, owners, translator, outputs, meters, page }
}

/** Keeps what runs equal to the files. */
class LiveEngine {
	/** The embedded broker's port, where there is one. */
	port: number | undefined
	/** Where the dashboard is, where there is one. */
	page: string | undefined
	readonly #settings: EngineSettings
	readonly #config: CurrentConfig
	readonly #parts: ReturnType<typeof wire>
	readonly #watcher: Watcher
	readonly #reloads: Reloads
	#recheck: NodeJS.Timeout | undefined
	#pageRetry: NodeJS.Timeout | undefined
	#ended = false

	constructor(settings: EngineSettings, config: CurrentConfig, parts: ReturnType<typeof wire>) {
		this.#settings = settings
		this.#config = config
		this.#parts = parts
		this.#reloads = new Reloads(
			(look) => this.#reload(look),
			(error) => settings.log.error(error, 'reloading failed: please report this'),
		)
		this.#watcher = watch(config.folders(), {
			relevant: (file) => config.dependsOn(file),
			begins: () => parts.profiles.warm(),
			changed: this.#onChange,
			failed: (text) => settings.log.warn(text),
		})
	}

	/** Starts the meters, says which do not run, and opens the ports. Throws an Error when a port cannot be opened. */
	async start(): Promise<void> {
		const { log, anyPort = false } = this.#settings
		const { meters, bridge, embedded, page } = this.#parts
		await this.#watcher.ready
		await this.#settle(true)
		void this.#parts.recalled?.then((found) => this.#takeOver(found))
		const [running, all] = [meters.list().length, enabledMeters(this.#config.loaded).length]
		if (running < all) log.error(`${running} of ${all} meters run; fix the errors above: the config reloads automatically`)
		bridge.state('online')
		if (embedded) await meters.ready()
		const { mqtt } = this.#config.loaded.config
		if (embedded) this.port = await openPort(embedded, mqtt.embedded ?? {}, 1883, anyPort, 'mqtt.embedded.port')
		if (page) await this.#openPage(page)
	}

	/** Opens the page's port. Without it the meters go on: the log says why there is no page, and it is tried again. */
	async #openPage(page: Page): Promise<void> {
		const { log, anyPort = false } = this.#settings
		const { http = {} } = this.#config.loaded.config
		try {
			this.page = pageAddress(http.host, await openPort(page, http, 8080, anyPort, 'http.port'))
			if (this.#pageRetry) log.info(`the dashboard is on ${this.page}`)
		} catch (error) {
			if (!this.#pageRetry)
				log.error(`no dashboard, /health and /metrics: ${(error as Error).message}. The meters are read; it is tried again`)
			this.#pageRetry = setTimeout(() => void this.#openPage(page), PAGE_RETRY).unref()
		}
	}

	/** Reads profiles and config again; resolves when all is as they say. */
	reload(): Promise<void> {
		return this.#reloads.ask(true)
	}

	/** Takes over what was checked since the last reload. */
	checked(): void {
		this.#reloads.start(false)
	}

	async #reload(look: boolean): Promise<void> {
		const { profiles } = this.#parts
		if (this.#ended) return
		await this.#settle(look)
		if (this.#ended) return
		await this.#watcher.watch(this.#config.folders())
		clearTimeout(this.#recheck)
		// A file that is gone may be back in a moment: editors delete and write.
		if (profiles.vanished() && !this.#ended) this.#recheck = setTimeout(this.#onChange, profiles.grace)
	}

	readonly #onChange = () => this.#reloads.start(true)

	/** Makes profiles, meters and outputs equal to what their files say. */
	async #settle(look: boolean): Promise<void> {
		const { profiles, translator, meters, outputs, owners, input, page } = this.#parts
		this.#config.reread()
		const { loaded, role } = this.#config
		const { shards } = loaded.config
		const wanted = enabledMeters(loaded)
		const library = await profiles.update(
			{
				folders: profileFolders(loaded),
				profiles: wanted.map(({ profile }) => profile),
				outputs: entriesOf(loaded.config).map(({ name }) => name),
			},
			look,
		)
		translator.pause()
		await meters.settle(loaded)
		if (role === 'translate') await translator.settle(shardsOf(shards) ?? new Set(), meters.missing())
		for (const name of owners.meters(wanted.map((entry) => entry.name))) await this.#clear(name)
		this.#config.warn([...library.unreadable, ...inputFindings(meters.inputs(loaded)).map(findingText)])
		await outputs.settle(library, loaded)
		await input.keep(meters.urls())
		page?.keep(meters.list().map(({ name }) => name))
		this.inform()
	}

	/** Publishes which meters, profiles and outputs there are. */
	inform(): void {
		const { session, profiles, meters, outputs, bridge } = this.#parts
		const { role, loaded } = this.#config
		const { shards } = loaded.config
		bridge.info({
			version: packageVersion(),
			since: new Date(session).toISOString(),
			...(role !== 'both' && { role }),
			...(role === 'translate' && { shards: shards ?? '00-63' }),
			meters: meters.list(),
			profiles: profiles.list(),
			outputs: outputs.list(),
		})
	}

	/** Clears what an earlier process has left of meters that are gone, but nothing of a meter that another instance reads now. */
	async #takeOver({ published, others }: Recalled): Promise<void> {
		const { owners } = this.#parts
		await this.#reloads.settled()
		if (published === undefined || this.#ended) return
		for (const name of owners.recall(published)) if (!others.has(name)) await this.#clear(name)
	}

	/** Clears what a meter has left on the broker that is no longer in the config: it may have gone while nothing ran. */
	async #clear(meter: string): Promise<void> {
		const { loaded, role, topics } = this.#config
		const { output, outputs } = this.#parts
		const clear = (topic: string) => output.publish({ topic, payload: '', retain: true })
		if (role === 'translate') clear(topics.bridgeDiagnostics(meter))
		// In another's shard it has only moved.
		if (role === 'translate' && !shardsOf(loaded.config.shards)?.has(shard(meter))) return
		await outputs.forget(meter)
		for (const kind of RETAINED[role]) clear(topics.meter(meter, kind))
	}

	/** Stops everything, sends what waits, and says goodbye. */
	async close(): Promise<void> {
		const { page, profiles, translator, meters, outputs, memories, owners, bridge, output, input, embedded } = this.#parts
		this.#ended = true
		clearTimeout(this.#recheck)
		clearTimeout(this.#pageRetry)
		this.#watcher.close()
		profiles.close()
		await page?.close()
		await this.#reloads.settled()
		translator.stop()
		await meters.close()
		await outputs.close()
		memories.flush()
		owners.flush()
		bridge.state('offline')
		await output.close()
		// Telegrams whose readings are safe are acknowledged by now.
		await translator.close()
		memories.flush()
		await input.keep([])
		await embedded?.close()
	}
}
