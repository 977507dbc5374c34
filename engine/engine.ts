import { type LastGoodSettings, lastGood } from './check/last-good.ts'
import { profileFolders } from './config/config.ts'
import { CurrentConfig, type CurrentConfigSettings, enabledMeters } from './config/current.ts'
import { brokerSettings, writtenBy } from './config/mqtt.ts'
import { partsOf, workerName } from './config/role.ts'
import { inputFindings } from './config/shared.ts'
import { type Finding, findingText } from './document/finding.ts'
import { packageVersion } from './files/package.ts'
import { type Watcher, watch } from './files/watch.ts'
import { openPort } from './http/listen.ts'
import type { SiteEvent } from './http/site.ts'
import type { Website } from './http/website.ts'
import { causeOf, LimitedLog } from './log/log.ts'
import { Alone } from './meter/alone.ts'
import { bridgeOf } from './meter/bridge.ts'
import { embeddedBroker, inputs, outboxOf, rawSession } from './meter/connections.ts'
import { memoriesOf } from './meter/memory-file.ts'
import type { MeterSettings } from './meter/meter.ts'
import { Meters } from './meter/meters.ts'
import { Reloads } from './meter/reloads.ts'
import { Translator } from './meter/translator.ts'
import type { Broker } from './mqtt/broker.ts'
import { hold } from './mqtt/claim.ts'
import { connect } from './mqtt/client.ts'
import type { ConnectionSettings } from './mqtt/settings.ts'
import { ALL, shard } from './mqtt/shards.ts'
import { RETAINED } from './mqtt/topics.ts'
import { entriesOf } from './output/output.ts'
import { Outputs, type OutputsSettings } from './output/outputs.ts'
import { Owners } from './output/ownership.ts'
import { believed, type Recalled, recall } from './output/recall.ts'
import type { Library } from './profile/library.ts'

export type EngineSettings = CurrentConfigSettings & {
	/** The ports of the embedded broker and of the dashboard may give way to the next free ones. */
	anyPort?: boolean
	onReading?: MeterSettings['onReading']
	/** Ends the waiting for another process: what comes back then is to be closed. */
	signal?: AbortSignal
}

/** An engine that runs. */
export type Engine = Pick<Alone<LiveEngine>, 'port' | 'page' | 'reload' | 'close'>

/**
 * Reads all meters of a config and publishes to one broker; profiles and config are reloaded on edit. Returns findings when the config
 * cannot be used at all, and throws an Error when the embedded broker's port cannot be opened. Waits while another process runs as this instance.
 */
export async function startEngine(given: EngineSettings): Promise<Engine | Finding[]> {
	const settings = { ...given, log: new LimitedLog(given.log) }
	const config = new CurrentConfig(settings)
	const connection = brokerSettings(config.loaded, config.topics, settings.log)
	if (Array.isArray(connection)) return connection
	const faults = config.faults()
	if (faults.length > 0) return faults
	const { topics, instance, loaded, stateFolder: folder } = config
	const isEmbedded = loaded.config.mqtt.embedded !== undefined
	const make = (displaced: () => void) => {
		const embedded = isEmbedded ? embeddedBroker(config, settings.log) : undefined
		const events: Events = { displaced, more: () => engine.checked(), done: () => engine.inform() }
		const engine: LiveEngine = new LiveEngine(settings, config, wire(settings, config, connection, embedded, events))
		return engine
	}
	const { log, signal } = settings
	const engine = new Alone({ connection, topics, instance, folder, embedded: isEmbedded, make, log, ...(signal && { signal }) })
	await engine.start()
	return engine
}

/** What a process hears of: another one runs in its place, and profiles are checked. */
type Events = { displaced: () => void } & Pick<LastGoodSettings, 'more' | 'done'>

/** Makes all that runs for one config, and ties it together. Nothing is read or published yet. */
function wire(
	settings: EngineSettings,
	config: CurrentConfig,
	connection: ConnectionSettings,
	embedded: Broker | undefined,
	{ displaced, ...onChecked }: Events,
) {
	const { log, worker } = settings
	const { topics, instance, role, loaded } = config
	const parts = worker && partsOf(worker)
	const session = Date.now()
	const warn = (text: string) => log.warn({ cause: causeOf(text) }, text)
	const written = () => writtenBy(config.loaded, topics)
	const toBroker = { ...connection, ...(embedded && { stream: embedded.connect }) }
	const clientId = worker ? workerName(connection.clientId, worker) : connection.clientId
	const output = connect({ ...toBroker, clientId, ...outboxOf(loaded, config.stateFile('outbox.jsonl'), warn) })
	const input = inputs(output, clientId, () => config.loaded.config.mqtt.url, log)
	const claim = embedded ? undefined : hold(output, topics, displaced)
	const bridge = bridgeOf(output, topics, log)
	const profiles = lastGood({
		...onChecked,
		tell: (...status) => bridge.status('profile', ...status),
		warn,
		info: (text) => log.info(text),
	})
	const memories = memoriesOf(parts, (...which) => config.stateFile(...which), warn)
	const file = config.stateFile('published.json')
	// An embedded broker forgets with its process.
	const recalled = file === undefined && !embedded ? recall(output, topics) : undefined
	const put = (payload: string) => void recalled?.then(() => output.publish({ topic: topics.bridgePublished, payload, retain: true }))
	const owners = new Owners(file, warn, recalled && put)
	const common = { topics, session, output, role, log }
	const translator = new Translator({ ...common, instance, parts, connect: (part) => rawSession(toBroker, part, log) })
	const occupied = () => ({ inputs: meters.filters(), written: [...written(), ...topics.reserved] })
	const ours = { instance, version: packageVersion() }
	const tell: OutputsSettings['tell'] = (...status) => bridge.status('output', ...status)
	const outputs = new Outputs({ ...common, connection: output, owners, bridge: ours, occupied, tell })
	const listeners = new Set<(event: SiteEvent) => void>()
	const onReading: MeterSettings['onReading'] = (outcome, profile) => {
		for (const listener of listeners) listener({ kind: 'reading', meter: outcome.reading.meter })
		settings.onReading?.(outcome, profile)
	}
	const meters: Meters = new Meters({
		...common,
		outputs,
		memories,
		profiles,
		inputOf: input.of,
		raw: translator,
		readers: (protocol) => profiles.readers(protocol),
		written,
		onReading,
	})
	return { recalled, session, claim, embedded, output, input, bridge, profiles, memories, owners, translator, outputs, meters, listeners }
}

/** Keeps what runs equal to the files. */
class LiveEngine {
	/** The embedded broker's port, where there is one. */
	port: number | undefined
	readonly #settings: EngineSettings & { log: LimitedLog }
	readonly #config: CurrentConfig
	readonly #parts: ReturnType<typeof wire>
	readonly #watcher: Watcher
	readonly #reloads: Reloads
	#library: Library | undefined
	#recheck: NodeJS.Timeout | undefined
	#ended = false
	#website: Website | undefined

	constructor(settings: EngineSettings & { log: LimitedLog }, config: CurrentConfig, parts: ReturnType<typeof wire>) {
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
			failed: (text) => settings.log.warn({ cause: causeOf(text) }, text),
		})
	}

	/** Where the dashboard is, where there is one. */
	get page(): string | undefined {
		return this.#website?.address
	}

	/** Starts the meters, says which do not run, and opens the ports. Throws an Error when a port cannot be opened. */
	async start(): Promise<void> {
		const { log, anyPort = false } = this.#settings
		const { meters, bridge, embedded } = this.#parts
		await this.#watcher.ready
		this.#config.reread()
		await this.#settle(true)
		this.#parts.recalled
			?.then((found) => this.#takeOver(found))
			.catch((error: unknown) => log.error(error, 'taking over failed: please report this'))
		const [running, all] = [meters.list().length, enabledMeters(this.#config.loaded).length]
		if (running < all) log.error(`${running} of ${all} meters run; fix the errors above: the config reloads automatically`)
		bridge.state('online')
		if (embedded) await meters.ready()
		if (embedded) this.port = await openPort(embedded, this.#config.loaded.config.mqtt.embedded ?? {}, 1883, anyPort, 'mqtt.embedded.port')
		await this.#openWebsite()
	}

	async #openWebsite(): Promise<void> {
		const { http } = this.#config.loaded.config
		if (!http) return
		const { meters, output, input, embedded, session, listeners } = this.#parts
		const { Website } = await import('./http/website.ts')
		this.#website = new Website({
			...this.#settings,
			http,
			instance: this.#config.instance,
			accessFile: this.#config.stateFile('access.json'),
			broker: () => embedded,
			site: {
				version: packageVersion(),
				since: session,
				now: () => ({ connected: output.connected(), outbox: input.counts(), meters: meters.snapshots(), missing: meters.missing() }),
				meter: (name) => meters.snapshots().find((one) => one.name === name),
				subscribe(listener) {
					listeners.add(listener)
					return () => void listeners.delete(listener)
				},
				profiles: () => [],
				outputs: () => [],
				log: { recent: () => [] },
				history: undefined,
				telegrams: undefined,
				config: undefined,
				setup: undefined,
			},
		})
		await this.#website.open()
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
		this.#config.reread()
		// Before they are read: an edit in between would not be noticed.
		await this.#watcher.watch(this.#config.folders())
		if (this.#ended) return
		await this.#settle(look)
		clearTimeout(this.#recheck)
		// A file that is gone may be back in a moment: editors delete and write.
		if (profiles.vanished() && !this.#ended) this.#recheck = setTimeout(this.#onChange, profiles.grace)
	}

	readonly #onChange = () => this.#reloads.start(true)

	/** Makes profiles, meters and outputs equal to what their files say. */
	async #settle(look: boolean): Promise<void> {
		const { profiles, translator, meters, outputs, owners, input } = this.#parts
		const { loaded, role, shards } = this.#config
		const wanted = enabledMeters(loaded)
		const library = await profiles.update(
			{
				folders: profileFolders(loaded),
				profiles: wanted.map(({ profile }) => profile),
				outputs: entriesOf(loaded.config).map(({ name }) => name),
			},
			look,
		)
		this.#library = library
		translator.pause()
		await meters.settle(loaded)
		if (role === 'translate') await translator.settle(shards, meters.missing())
		for (const name of owners.meters(wanted.map((entry) => entry.name))) await this.#clear(name)
		this.#config.warn([...library.unreadable, ...inputFindings(meters.inputs(loaded)).map(findingText)])
		await outputs.settle(library, loaded)
		await input.keep(meters.urls())
		this.inform()
	}

	/** Publishes which meters, profiles and outputs there are. */
	inform(): void {
		const { session, profiles, meters, outputs, bridge } = this.#parts
		const { role, loaded } = this.#config
		bridge.info({
			version: packageVersion(),
			since: new Date(session).toISOString(),
			...(role !== 'both' && { role }),
			...(role === 'translate' && { shards: loaded.config.shards ?? ALL }),
			worker: this.#settings.worker,
			meters: meters.list(),
			profiles: profiles.list(),
			outputs: outputs.list(),
		})
	}

	/** Clears what an earlier process has left of meters that are gone, but nothing of a meter that another instance reads now. */
	async #takeOver({ published, others }: Recalled): Promise<void> {
		const { owners, outputs } = this.#parts
		await this.#reloads.settled()
		const { loaded } = this.#config
		const library = this.#library
		if (published === undefined || this.#ended || !library) return
		const found = await believed(published, (output) => outputs.shape(output, library, loaded))
		for (const name of owners.recall(found)) {
			if (others.has(name)) continue
			await this.#clear(name)
			await new Promise((resolve) => setImmediate(resolve))
		}
	}

	/** Clears what a meter has left on the broker that is no longer in the config: it may have gone while nothing ran. */
	async #clear(meter: string): Promise<void> {
		const { role, topics, shards } = this.#config
		const { output, outputs } = this.#parts
		const clear = (topic: string) => output.publish({ topic, payload: '', retain: true })
		if (role === 'translate') clear(topics.bridgeDiagnostics(meter))
		// In another's shard it has only moved.
		if (role === 'translate' && !shards.has(shard(meter))) return
		await outputs.forget(meter)
		for (const kind of RETAINED[role]) clear(topics.meter(meter, kind))
	}

	/** Stops everything, sends what waits, and says goodbye; `displaced`: another process speaks for this instance, and nothing more is sent. */
	async close(displaced = false): Promise<void> {
		const { claim, profiles, translator, meters, outputs, memories, owners, bridge, output, input, embedded } = this.#parts
		this.#ended = true
		claim?.close()
		if (displaced) await output.close()
		clearTimeout(this.#recheck)
		this.#watcher.close()
		profiles.close()
		await this.#website?.close()
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
		this.#settings.log.flush()
	}
}
