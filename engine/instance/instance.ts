import type { OutputView, ProfileEntry } from '../../schema/types/api.ts'
import type { LoadedConfig } from '../config/config.ts'
import { profileFolders } from '../config/config.ts'
import { type CurrentConfig, enabledMeters } from '../config/current.ts'
import { historyOf } from '../config/history.ts'
import { inputFindings } from '../config/shared.ts'
import { findingText } from '../document/finding.ts'
import { packageVersion } from '../files/package.ts'
import { type Watcher, watch } from '../files/watch.ts'
import type { History } from '../history/history.ts'
import { totalsMessage } from '../history/message.ts'
import { openPort } from '../http/listen.ts'
import type { Now } from '../http/site.ts'
import { causeOf } from '../log/log.ts'
import type { Snapshot } from '../meter/snapshot.ts'
import { publicAddress } from '../mqtt/address.ts'
import type { Broker } from '../mqtt/broker.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { ALL, shard } from '../mqtt/shards.ts'
import { RETAINED } from '../mqtt/topics.ts'
import { entriesOf } from '../output/output.ts'
import { believed, type Recalled } from '../output/recall.ts'
import type { Library } from '../profile/library.ts'
import { embeddedBroker } from './connections.ts'
import { outputsOf, profilesOf } from './listing.ts'
import { Reloads } from './reloads.ts'
import type { Status } from './statuses.ts'
import { type InstanceSettings, type Parts, wire } from './wiring.ts'

/** The events of an instance for its owner: another process took over, and its config has changed so that only a new instance can take it over. */
export type InstanceEvents = {
	displaced: () => void
	outgrown: (next: LoadedConfig) => void
	/** Called when the list of meters, the broker, or a problem may have changed. */
	changed: () => void
}

/** All that runs for one config, kept equal to its files: what can change while it runs changes; for the rest there is a new instance. */
export class Instance {
	/** The embedded broker's port, where there is one. */
	port: number | undefined
	readonly #settings: InstanceSettings
	readonly #config: CurrentConfig
	readonly #parts: Parts
	readonly #events: InstanceEvents
	readonly #watcher: Watcher
	readonly #reloads: Reloads
	#history: History | undefined
	#library: Library | undefined
	#recheck: NodeJS.Timeout | undefined
	#ended = false

	constructor(settings: InstanceSettings, config: CurrentConfig, connection: ConnectionSettings, events: InstanceEvents) {
		const embedded = config.loaded.config.mqtt.embedded === undefined ? undefined : embeddedBroker(config, settings.log)
		const parts = wire(settings, config, connection, embedded, {
			...events,
			more: () => this.checked(),
			done: () => this.inform(),
			reading: (outcome, profile) => {
				const { transport, meter } = profile.document
				// A recording shows the past, again and again.
				if (transport.kind !== 'capture' || config.loaded.config.history !== undefined)
					this.#history?.add(outcome.reading, { timezone: meter?.timezone })
				settings.onReading?.(outcome, profile)
			},
		})
		this.#settings = settings
		this.#config = config
		this.#parts = parts
		this.#events = events
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

	/** The embedded broker, where there is one. */
	get broker(): Broker | undefined {
		return this.#parts.embedded
	}

	/** The history over days, where one is kept. */
	get history(): History | undefined {
		return this.#history
	}

	/** Returns how all stands now. */
	now(): Now {
		const { output, input, meters, statuses, link } = this.#parts
		const { mqtt, meters: entries } = this.#config.loaded.config
		const titles = new Map(entries.map(({ name, title, profile }) => [name, { ...(title !== undefined && { title }), profile }]))
		return {
			connected: output.connected(),
			outbox: input.counts(),
			meters: meters.snapshots(),
			missing: meters.missing().map((one) => ({ ...one, ...titles.get(one.name) })),
			off: entries.filter(({ enabled }) => enabled === false).map(({ name }) => ({ name, ...titles.get(name) })),
			broker: {
				...(mqtt.embedded ? { embedded: true } : mqtt.url !== undefined && { url: publicAddress(mqtt.url)?.url ?? '' }),
				...(link.trouble !== undefined && { detail: link.trouble }),
			},
			problems: [...this.#config.problems, ...statuses.problems()],
		}
	}

	/** Returns how one meter stands; undefined for one that does not run. */
	meter(name: string): Snapshot | undefined {
		return this.#parts.meters.snapshot(name)
	}

	/** Lists the profiles that the config can use. */
	profiles(): ProfileEntry[] {
		return profilesOf(this.#config.loaded, this.#parts.statuses)
	}

	/** Returns how a profile stands; undefined for one that was not checked. */
	profile(name: string): Status | undefined {
		return this.#parts.statuses.of('profile', name)
	}

	/** Lists the outputs that the config can use. */
	outputs(): OutputView[] {
		return outputsOf(this.#config.loaded, this.#parts.statuses)
	}

	/** Starts the meters, says which do not run, and opens the ports. Throws an Error when a port cannot be opened. */
	async start(): Promise<void> {
		const { log, anyPort = false } = this.#settings
		const { meters, bridge, embedded } = this.#parts
		await this.#watcher.ready
		this.#history = await this.#openHistory()
		const next = this.#config.reread()
		await this.#settle(true)
		if (next) this.#events.outgrown(next)
		this.#parts.recalled
			?.then((found) => this.#takeOver(found))
			.catch((error: unknown) => log.error(error, 'taking over failed: please report this'))
		const [running, all] = [meters.list().length, enabledMeters(this.#config.loaded).length]
		if (running < all) log.error(`${running} of ${all} meters run; fix the errors above: the config reloads automatically`)
		bridge.state('online')
		if (embedded) await meters.ready()
		if (embedded) this.port = await openPort(embedded, this.#config.loaded.config.mqtt.embedded ?? {}, 1883, anyPort, 'mqtt.embedded.port')
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
		const next = this.#config.reread()
		if (next) return this.#events.outgrown(next)
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
		const { profiles, translator, meters, outputs, answers, owners, input } = this.#parts
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
		// A meter that starts over must be known before its first reading.
		this.#history?.keep(wanted.map(({ name }) => name))
		await meters.settle(loaded)
		if (role === 'translate') await translator.settle(shards, meters.missing())
		for (const name of owners.meters(wanted.map((entry) => entry.name))) await this.#clear(name)
		this.#config.warn([...library.unreadable, ...inputFindings(meters.inputs(loaded)).map(findingText)])
		await outputs.settle(library, loaded)
		await answers.settle(outputs.active(), loaded)
		await input.keep(meters.urls())
		this.inform()
		this.#events.changed()
	}

	/** Opens the history where something is to be kept, and publishes each meter's totals as its quarter-hours end. */
	async #openHistory(): Promise<History | undefined> {
		const { log } = this.#settings
		const file = this.#config.stateFile('history.db')
		const wanted = historyOf(this.#config.loaded.config, this.#config.stateFolder)
		if (typeof wanted === 'string') log.warn(wanted)
		// A reader has no values, and a worker's meters may be another's at the next start.
		const isElsewhere = this.#config.role === 'read' || this.#settings.worker !== undefined
		if (wanted === undefined || typeof wanted === 'string' || isElsewhere || file === undefined) return undefined
		const { output, meters } = this.#parts
		const { topics } = this.#config
		const { openHistory } = await import('../history/history.ts')
		return openHistory({
			...wanted,
			file,
			tariffs: () => this.#config.loaded.config.tariffs ?? [],
			zone: (meter) => meters.timezone(meter),
			reset: (meter) => this.#config.loaded.config.meters.find(({ name }) => name === meter)?.reset,
			tell: (text) => log.warn({ cause: 'history' }, text),
			ended: (meter) => {
				const totals = this.#history?.totals(meter)
				if (totals) output.publish(totalsMessage(topics, totals))
			},
		})
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
		await this.#reloads.settled()
		translator.stop()
		await meters.close()
		this.#history?.close()
		await this.#parts.answers.close()
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
