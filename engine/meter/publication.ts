import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Role } from '../config/role.ts'
import type { Connection } from '../mqtt/client.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import type { MeterTopic, Topics } from '../mqtt/topics.ts'
import type { Outputs, Speaker } from '../output/outputs.ts'
import type { OutputFault } from '../output/running.ts'
import { type Last, type MeterView, viewOf } from '../output/scope.ts'
import { shownFields } from '../output/selection.ts'
import type { Memory } from '../pipeline/memory.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { visibleLines } from '../text/visible.ts'
import { derivationOf } from '../transform/derived.ts'
import type { Sums, Totals } from '../transform/totals.ts'
import { intervalOf } from '../transport/session.ts'
import { withRemembered } from './remembered.ts'
import { State } from './state.ts'

export type PublicationSettings = {
	/** The meter's name. */
	meter: string
	role: Role
	profile: CompiledProfile
	topics: Topics
	output: Connection
	outputs: Pick<Outputs, 'reading' | 'expect'>
	/** The meter's id in the config, if it has one there. */
	id?: string | undefined
	/** The memory of its earlier telegrams. */
	memory: Pick<Memory, 'totals'>
}

/** The history's totals are sent where they are made. */
type Kind = Exclude<MeterTopic, 'totals'>

const READING = 'cii.reading/1'
/** Milliseconds between two `info` messages of a meter, after the first ones: one that has another field each time. */
const [INFO_PAUSE, INFO_BURST] = [5000, 5]
/**
 * Milliseconds between two states of a meter that sends often: after the first part, one that was quiet is published at once, since a meter that sends
 * once a second is not on time to the millisecond.
 */
const STATE_PAUSE = [900, 100] as const

/** Channels whose sub-meters are known: more than any meter has. */
const MANY_CHANNELS = 600

/** For messages whose fate nobody waits for. */
const unawaited: (accepted: boolean) => void = () => undefined

/** Publishes what is known of one meter, on its own topics and by the outputs. */
export class Publication implements Speaker {
	readonly name: string
	readonly #settings: PublicationSettings
	readonly #topics: Record<Kind | 'raw', string>
	#profile: CompiledProfile
	#view: MeterView
	/** MQTT 5 properties of readings and states: one object for all of them. */
	#properties: Record<string, string>
	#state = new State()
	#last: Reading | undefined
	/** The counters that an earlier process has read. */
	#before: Totals | undefined
	/** Changes with the fields that the meter has shown. */
	#shown = 0
	/** The id of each channel's sub-meter. */
	readonly #submeters = new Map<string, string | undefined>()
	/** Changes with what is known of how often lists come. */
	#turns = 0
	/** Runs for the pause after a state; and whether there was a reading in it. Equal for all meters: timers that differ cost Node more. */
	#statePause: NodeJS.Timeout | undefined
	#isStateDue = false
	/** Whether `info` would differ from what was published last. */
	#infoDue = true
	readonly #infoLimit = new RateLimit(INFO_PAUSE, () => this.#publishInfo(), INFO_BURST)

	constructor(settings: PublicationSettings) {
		const { meter, profile, topics } = settings
		const topicOf = (kind: Kind) => topics.meter(meter, kind)
		this.name = meter
		this.#settings = settings
		this.#profile = profile
		this.#before = settings.memory.totals
		this.#view = viewOf(meter, profile, intervalOf(profile.document))
		this.#properties = { schema: READING, profile: profile.label }
		this.#topics = {
			reading: topicOf('reading'),
			state: topicOf('state'),
			availability: topicOf('availability'),
			info: topicOf('info'),
			diagnostics: topicOf('diagnostics'),
			raw: topics.raw(meter),
		}
		this.#expect()
	}

	/**
	 * Publishes a reading, the state with it, and what is new about the meter. `settled` is called when the broker has the reading (true), or it was
	 * given up; what the outputs could not say is returned. `interval`: seconds between two readings; `sums`: the fields that are the sum of others.
	 */
	reading(reading: Reading, interval = this.#view.profile.interval, sums?: Sums, settled = unawaited): Soon<OutputFault[]> {
		const text = JSON.stringify(reading)
		this.#put('reading', this.#properties, text, false, settled)
		// Another id is another meter: its state starts over.
		const isOther = this.#last !== undefined && this.#last.id !== reading.id
		if (isOther) {
			this.#state = new State()
			this.#before = undefined
		}
		this.#last = reading
		if (this.#state.add(reading, sums) || isOther) {
			this.#infoDue = true
			this.#shown++
		}
		if (this.#state.turns !== this.#turns || this.#isExchanged(reading)) this.#shown++
		this.#turns = this.#state.turns
		if (this.#view.profile.interval !== interval) this.#view = viewOf(this.name, this.#profile, interval)
		// It stays until the next one: after an outage it has the last counters, and `availability` and its times say how old it is.
		if (this.#statePause) this.#isStateDue = true
		else this.#putState(this.#state.message() === reading ? text : undefined)
		if (this.#infoDue) this.#publishInfo()
		return this.#settings.outputs.reading(this)
	}

	/** Returns the last reading, with the state after it: as long as there is no other. */
	last(): Last {
		return new Spoken(this.#view, this.#last as Reading, this.#state, this.#shown, this.#every)
	}

	/** Has the outputs describe the meter until it speaks. A translator has thousands, and their readers tell why they are silent. */
	#expect(): void {
		const { role, outputs, memory, id } = this.#settings
		if (role === 'both' && !this.#last) outputs.expect({ view: this.#view, id: memory.totals?.id ?? id })
	}

	/** Publishes a telegram's bytes, with its times (ISO 8601) and its count. `settled` is called when the broker has them (true), or they were given up. */
	raw(
		bytes: Uint8Array,
		{ received, session, seq, topic }: { received: string; session: string; seq: number; topic?: string },
		settled = unawaited,
	): void {
		const properties = { received, session, seq: String(seq), profile: this.#profile.label, ...(topic !== undefined && { topic }) }
		this.#settings.output.publish({ topic: this.#topics.raw, payload: bytes, retain: false, properties, settled })
	}

	/** Publishes whether the meter sends; a translator leaves that to its reader. */
	availability(online: boolean): void {
		const { role, output } = this.#settings
		if (role === 'translate') return
		output.publish({ topic: this.#topics.availability, payload: online ? 'online' : 'offline', retain: true })
	}

	/** Publishes diagnostics. The meter's own topic is its reader's: a translator reports faults of its telegrams on a topic of its own. */
	diagnostics(message: DiagnosticsMessage): void {
		const { role, topics, output } = this.#settings
		const { discarded, rejected, issues } = message
		const text = visibleLines(JSON.stringify(message))
		if (role !== 'translate') this.#put('diagnostics', { schema: message.schema, profile: this.#profile.label }, text, true)
		else if ([discarded, rejected, issues].some((counts) => Object.keys(counts).length > 0))
			output.publish({ topic: topics.bridgeDiagnostics(this.name), payload: text, retain: true })
	}

	/** Goes on with another profile: fields that it does not give are dropped. */
	swap(profile: CompiledProfile): void {
		this.#profile = profile
		this.#view = viewOf(this.name, profile, intervalOf(profile.document))
		this.#properties = { schema: READING, profile: profile.label }
		this.#state.keep((name) => isGiven(profile, name))
		this.#shown++
		this.#infoDue = true
		this.#expect()
	}

	/** Publishes what is not published yet. */
	close(): void {
		if (this.#isStateDue) this.#putState()
		clearTimeout(this.#statePause)
		if (this.#infoLimit.stop()) this.#putInfo()
	}

	/** Returns the latest of every field, those among them that are known from before this process: these are for people, and never published. */
	state(): Record<string, unknown> {
		return withRemembered(this.#state.message(), this.#before, (name) => isGiven(this.#profile, name))
	}

	#put(kind: Kind, properties: Record<string, string>, payload: string, retain: boolean, settled = unawaited): void {
		this.#settings.output.publish({
			topic: this.#topics[kind],
			payload,
			retain,
			contentType: 'application/json',
			properties,
			settled,
		})
	}

	/** Publishes the state, and waits before the next one. `text`: the state, where that is written already. */
	#putState(text = JSON.stringify(this.#state.message())): void {
		this.#isStateDue = false
		this.#put('state', this.#properties, text, true)
		clearTimeout(this.#statePause)
		this.#statePause = setTimeout(this.#rested, STATE_PAUSE[0]).unref()
	}

	/** Tells whether a channel has another sub-meter than before. */
	#isExchanged({ submeters }: Reading): boolean {
		let isExchanged = false
		for (const channel in submeters) {
			const id = submeters[channel]?.id
			if (this.#submeters.get(channel) === id) continue
			if (this.#submeters.size >= MANY_CHANNELS) this.#submeters.clear()
			this.#submeters.set(channel, id)
			isExchanged = true
		}
		return isExchanged
	}

	readonly #every = (field: string) => this.#state.every(field)

	readonly #rested = (): void => {
		this.#statePause = this.#isStateDue ? setTimeout(() => this.#putState(), STATE_PAUSE[1]).unref() : undefined
	}

	#publishInfo(): void {
		this.#infoDue = false
		if (this.#infoLimit.may()) this.#putInfo()
	}

	#putInfo(): void {
		const text = visibleLines(JSON.stringify(this.#info()))
		this.#put('info', { schema: 'cii.info/1', profile: this.#profile.label }, text, true)
	}

	#info(): object {
		const { title, meter, extra } = this.#profile.document
		const named = shownFields({ ...this.#state.known() }, {}, extra)
			.map(({ name, unit, obis, label, class: quantity }) => ({ name, unit, obis, label, class: quantity, ...this.#state.sumOf(name) }))
			.sort((one, other) => (one.name < other.name ? -1 : 1))
		const head = { schema: 'cii.info/1', meter: this.name, id: this.#state.id, profile: this.#profile.label, title }
		return { ...head, ...meter, fields: named }
	}
}

/** A reading with the state after it, which is put together when an output asks for it. */
class Spoken implements Last {
	readonly view: MeterView
	readonly reading: Reading
	readonly shown: number
	readonly every: (field: string) => number | undefined
	readonly #state: State

	constructor(view: MeterView, reading: Reading, state: State, shown: number, every: Spoken['every']) {
		this.view = view
		this.reading = reading
		this.#state = state
		this.shown = shown
		this.every = every
	}

	get state(): object {
		return this.#state.message()
	}

	get known(): object {
		return this.#state.known()
	}

	get arrivals(): Record<string, string> {
		return this.#state.arrivals()
	}
}

/** Whether a profile still gives a field: by an expression, or made of others. */
function isGiven({ transform }: CompiledProfile, name: string): boolean {
	const has = (one: string) => transform.has(one)
	return has(name) || has(name.split('.')[0] ?? '') || derivationOf(name, has) !== undefined
}
