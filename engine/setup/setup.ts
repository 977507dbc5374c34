import type {
	BrokerAnswer,
	BrokerRequest,
	ConfigChange,
	ConfigText,
	Heard,
	HeardRequest,
	KeysGiven,
	MeterChange,
	NewMeter,
	Port,
	ProbeRequest,
	Probe as ProbeView,
} from '../../schema/types/api.ts'
import type { LoadedConfig } from '../config/config.ts'
import { profileFolders } from '../config/config.ts'
import { keysFrom } from '../config/given-keys.ts'
import { topics } from '../mqtt/topics.ts'
import { builtinProfiles, type Library, readLibrary } from '../profile/library.ts'
import { type BrokerConnection, configuredBroker, type OwnBroker, statedBroker, testEmbedded } from './broker-choice.ts'
import { testBroker } from './broker-test.ts'
import { Configuration, type ConfigurationSettings } from './configuration.ts'
import { Hearing } from './hearing.ts'
import { adding, changing, forgetting, naming, removing, switching } from './meter-edits.ts'
import { listPorts, rightsProblem } from './ports.ts'
import { Probe } from './probe.ts'
import type { Place } from './proposals.ts'
import { Refusal } from './refusal.ts'
import { asProbe, placeIn, placeOf, Searches, samePlace } from './searches.ts'
import { recordingOf, recordingOfMessages, type Shared, shared } from './share.ts'

export type SetupSettings = ConfigurationSettings & {
	/** The stream to the broker of our own, while it runs. */
	embedded?: (() => OwnBroker) | undefined
	/** Deletes a meter's history. */
	forget?: ((meter: string) => void) | undefined
	/** How many times faster than usual a probe goes from one line to the next: for tests. */
	hurry?: number
}

/** Seconds that a broker is listened at, by default and at most. */
const [HEARD, HEARD_MOST] = [60, 300]

/** Sets a home up: finds meters and adapters, checks keys and brokers, and writes the config. A failure is a `Refusal` that says what to do. */
export class Setup {
	readonly #settings: SetupSettings
	readonly #configuration: Configuration
	readonly #searches = new Searches()
	readonly #listeners = new Set<(view: ProbeView | Heard) => void>()
	/** Topics of probes that listen at a broker. */
	readonly #topics = new Map<string, string>()

	constructor(settings: SetupSettings) {
		this.#settings = settings
		this.#configuration = new Configuration(settings)
	}

	/** Calls the listener whenever a probe or what is heard has changed; returns how to end that. */
	subscribe(listener: (view: ProbeView | Heard) => void): () => void {
		this.#listeners.add(listener)
		return () => this.#listeners.delete(listener)
	}

	/** Lists the serial devices, with the meter that reads each, and what is missing to open it. */
	async ports(): Promise<{ ports: Port[] }> {
		const used = this.#used()
		return { ports: await listPorts((path) => used.find(({ place }) => samePlace(place, { kind: 'serial', path }))?.meter) }
	}

	/** Begins to listen for a meter. Refuses a place that a meter of the config reads, what is no place, and a fifth search. */
	async probe(request: ProbeRequest): Promise<ProbeView | Refusal> {
		const keys = keysFrom(request.keys ?? {})
		if ('code' in keys) return new Refusal(422, keys)
		const { kind, url, topic } = request.transport
		if (kind === 'mqtt') return this.#startTopic(String(topic ?? ''), url)
		const where = placeOf(request)
		if (where instanceof Refusal) return where
		const { place, line } = where
		const meter = this.#used().find((one) => samePlace(one.place, place))?.meter
		if (meter !== undefined) {
			const hint = 'Its readings would be lost meanwhile: switch the meter off first, or choose another port.'
			return new Refusal(409, { code: 'port-used', text: `The meter "${meter}" reads this port.`, hint, params: { meter } })
		}
		// A person who begins again does not want both.
		const before = this.#searches.at(place)
		if (before) await this.#searches.end(before.id)
		const id = this.#searches.next()
		if (id instanceof Refusal) return id
		const probe: Probe = new Probe({
			...{ id, place, line, keys, profile: request.profile },
			library: () => this.#library(),
			taken: () => this.#taken(),
			why: (at) => (at.kind === 'serial' ? rightsProblem(at.path) : undefined),
			changed: () => this.#tell(probe.view()),
			...(this.#settings.hurry !== undefined && { hurry: this.#settings.hurry }),
		})
		this.#searches.start(id, probe)
		return probe.view()
	}

	/** Shows a probe. */
	probed(id: string): ProbeView | Refusal {
		const topic = this.#topics.get(id)
		if (topic !== undefined) {
			const hearing = this.#searches.find(id, Hearing)
			return hearing instanceof Refusal ? hearing : asProbe(hearing.view(), topic, hearing.messages.length)
		}
		const probe = this.#searches.find(id, Probe)
		return probe instanceof Refusal ? probe : probe.view()
	}

	/** Tries keys at once: what is wrong with them stands in the view's problem. */
	async giveKeys(id: string, given: KeysGiven): Promise<ProbeView | Refusal> {
		const probe = this.#searches.find(id, Probe)
		if (probe instanceof Refusal) return probe
		const keys = keysFrom(given)
		if ('code' in keys) return { ...probe.view(), problem: keys }
		await probe.keys(keys)
		return probe.view()
	}

	/** Ends a probe, and forgets it with its keys. */
	endProbe(id: string): Promise<undefined | Refusal> {
		this.#topics.delete(id)
		return this.#searches.end(id)
	}

	/** Ends listening for adapters. */
	endListening(id: string): Promise<undefined | Refusal> {
		return this.#searches.end(id)
	}

	/** Gives what a probe has recorded, to share: without what names the household, as far as that is known. */
	probeRecording(id: string): Shared | Refusal {
		const topic = this.#topics.get(id)
		const found = topic === undefined ? this.#searches.find(id, Probe) : this.#searches.find(id, Hearing)
		if (found instanceof Refusal) return found
		const nothing = new Refusal(404, { code: 'recording-empty', text: 'Nothing came yet: there is no recording.' })
		if (found instanceof Hearing)
			return found.messages.length === 0 ? nothing : shared(recordingOfMessages(found.messages, topic ?? '#'), {})
		const recorded = found.recorded()
		return recorded ? shared(recordingOf(recorded.evidence.lines, recorded.line), recorded.keys) : nothing
	}

	/** Tests a broker by its real answer; the config's where none is stated. Nothing is written. */
	testBroker({ mqtt }: BrokerRequest): Promise<BrokerAnswer | Refusal> {
		const loaded = this.#loaded()
		if (mqtt?.embedded) return testEmbedded(mqtt.embedded, this.#own(), loaded)
		const connection = this.#broker(mqtt)
		if (connection instanceof Refusal) return Promise.resolve(connection)
		const { root = 'cii', instance = 'main' } = loaded?.config ?? {}
		return testBroker({ connection, topics: topics(root, instance), instance })
	}

	/** Finds a broker on this machine: one that answers on its usual port, and whether it wants a password. */
	async suggestBroker(): Promise<{ url: string; wantsPassword: boolean } | undefined> {
		const url = 'mqtt://localhost:1883'
		const answer = await testBroker({ connection: { url }, topics: topics('cii', 'main'), instance: 'main', limit: 3000 })
		const code = answer.problem?.code
		return answer.ok || code === 'broker-user' || code === 'broker-write' ? { url, wantsPassword: code === 'broker-user' } : undefined
	}

	/** Begins to listen at a broker for adapters of known profiles. */
	listen({ mqtt, seconds = HEARD }: HeardRequest): Heard | Refusal {
		const id = this.#startHearing(this.#broker(mqtt), seconds)
		return id instanceof Refusal ? id : this.heard(id)
	}

	/** Shows what was heard. */
	heard(id: string): Heard | Refusal {
		const hearing = this.#searches.find(id, Hearing)
		return hearing instanceof Refusal ? hearing : withoutSeconds(hearing.view())
	}

	/** Gives the config's text, and what is wrong with it. */
	read(): ConfigText | Refusal {
		return this.#configuration.view()
	}

	/** Writes a text that a person has edited, where the config is still the one of `etag`. */
	write(text: string, etag: string | undefined): Promise<ConfigChange | Refusal> {
		return this.#configuration.put(text, etag)
	}

	/** Takes the last change of the config back, where that made the text of `etag`. */
	undo(etag?: string): Promise<ConfigChange | Refusal> {
		return this.#configuration.undo(etag)
	}

	/** Adds a meter: with its broker and outputs, where these are stated. Probes of its port end first. */
	async addMeter(meter: NewMeter): Promise<ConfigChange | Refusal> {
		const place = placeIn(meter.transport)
		const found = place && this.#searches.at(place)
		const keys = keysFrom(meter.keys ?? {})
		// Keys of which is known that they do not fit would keep the meter silent.
		const wrong = found && !('code' in keys) ? found.probe.wrong(keys) : undefined
		if (wrong) return new Refusal(422, wrong)
		await found?.probe.close()
		return this.#configuration.change(`adding ${meter.name}`, adding(meter))
	}

	/** Changes a meter's settings. */
	changeMeter(name: string, change: MeterChange): Promise<ConfigChange | Refusal> {
		const isSwitch = change.enabled !== undefined && Object.keys(change).length === 1
		const what = isSwitch ? `switching ${change.enabled ? 'on' : 'off'}` : 'changing'
		return this.#configuration.change(`${what} ${name}`, changing(name, change))
	}

	/** Removes a meter; `history`: what was kept of it, too, which cannot be undone. */
	async removeMeter(name: string, history = false): Promise<ConfigChange | Refusal> {
		const done = await this.#configuration.change(`removing ${name}`, removing(name))
		if (!history || done instanceof Refusal) return done
		return forgetting(name, () => this.#settings.forget?.(name)) ?? done
	}

	/** Switches an output on or off. */
	switchOutput(name: string, isOn: boolean): Promise<ConfigChange | Refusal> {
		const problem = { code: 'output-unknown', text: `There is no output "${name}".`, params: { output: name } }
		if (!this.#library().sources.has(`outputs/${name}`)) return Promise.resolve(new Refusal(404, problem))
		return this.#configuration.change(`switching ${name} ${isOn ? 'on' : 'off'}`, switching(name, isOn))
	}

	/** Names a folder of profiles in the config, relative to it; nothing changes where it is named. Refuses where there is no config yet: adding the first meter names it. */
	nameProfiles(folder: string): Promise<ConfigChange | Refusal> {
		return this.#configuration.change(`naming ${folder}`, naming(folder))
	}

	/** Ends all searches. */
	async close(): Promise<void> {
		this.#listeners.clear()
		await this.#searches.close()
	}

	#startTopic(topic: string, url: string | undefined): ProbeView | Refusal {
		if (topic === '') return new Refusal(422, { code: 'topic-missing', text: 'No topic is named.', hint: 'Such as tele/+/SENSOR.' })
		const id = this.#startHearing(this.#broker(url === undefined ? undefined : { url }), HEARD, topic)
		if (id instanceof Refusal) return id
		this.#topics.set(id, topic)
		return this.probed(id)
	}

	#startHearing(connection: BrokerConnection | Refusal, seconds: number, topic?: string): string | Refusal {
		if (connection instanceof Refusal) return connection
		const id = this.#searches.next()
		if (id instanceof Refusal) return id
		const { root = 'cii', instance = 'main' } = this.#loaded()?.config ?? {}
		const hearing: Hearing = new Hearing({
			...{ id, connection, instance, root, topic },
			library: () => this.#library(),
			taken: () => this.#taken(),
			milliseconds: Math.min(HEARD_MOST, Math.max(1, seconds)) * 1000,
			changed: () =>
				this.#tell(topic === undefined ? withoutSeconds(hearing.view()) : asProbe(hearing.view(), topic, hearing.messages.length)),
		})
		this.#searches.start(id, hearing)
		return id
	}

	#tell(view: ProbeView | Heard): void {
		for (const listener of this.#listeners) listener(view)
	}

	#own(): OwnBroker {
		return this.#settings.embedded?.()
	}

	/** The connection to a broker that is stated, or to the config's. */
	#broker(given: BrokerRequest['mqtt']): BrokerConnection | Refusal {
		const loaded = this.#loaded()
		if (given) return statedBroker(given, loaded, this.#configuration.folder, this.#own())
		return (
			configuredBroker(loaded, this.#own()) ??
			new Refusal(422, { code: 'broker-missing', text: 'There is no broker yet.', hint: 'Choose one first.' })
		)
	}

	#loaded(): LoadedConfig | undefined {
		const loaded = this.#configuration.loaded()
		return loaded instanceof Refusal ? undefined : loaded
	}

	#library(): Library {
		const loaded = this.#loaded()
		return readLibrary(loaded ? profileFolders(loaded) : [builtinProfiles, ...this.#configuration.ownFolders])
	}

	#taken(): string[] {
		return this.#loaded()?.config.meters.map(({ name }) => name) ?? []
	}

	/** The places that meters of the config read. */
	#used(): { meter: string; place: Place }[] {
		return (this.#loaded()?.config.meters ?? []).flatMap(({ name, enabled, transport = {} }) => {
			const place = transport.kind === 'capture' || enabled === false ? undefined : placeIn(transport)
			return place ? [{ meter: name, place }] : []
		})
	}
}

const withoutSeconds = ({ seconds: _seconds, ...view }: Heard & { seconds: number }): Heard => view
