import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Role } from '../config/role.ts'
import type { Connection } from '../mqtt/client.ts'
import type { OutMessage } from '../mqtt/message.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import type { MeterTopic, Topics } from '../mqtt/topics.ts'
import type { Outputs } from '../output/outputs.ts'
import type { OutputFault } from '../output/running.ts'
import type { MeterView } from '../output/scope.ts'
import { shownFields } from '../output/selection.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { visibleLines } from '../text/visible.ts'
import { derivationOf } from '../transform/derived.ts'
import type { Sums } from '../transform/totals.ts'
import { intervalOf } from '../transport/session.ts'
import { State } from './state.ts'

export type PublicationSettings = {
	/** The meter's name. */
	meter: string
	role: Role
	profile: CompiledProfile
	topics: Topics
	output: Connection
	outputs: Pick<Outputs, 'reading'>
}

/** Milliseconds between two `info` messages of a meter, after the first ones: one that has another field each time. */
const [INFO_PAUSE, INFO_BURST] = [5000, 5]

/** Publishes what is known of one meter, on its own topics and by the outputs. */
export class Publication {
	readonly #settings: PublicationSettings
	#profile: CompiledProfile
	#state = new State()
	/** Whether `info` would differ from what was published last. */
	#infoDue = true
	readonly #infoLimit = new RateLimit(INFO_PAUSE, () => this.#publishInfo(), INFO_BURST)

	constructor(settings: PublicationSettings) {
		this.#settings = settings
		this.#profile = settings.profile
	}

	/**
	 * Publishes a reading, the state with it, and what is new about the meter. `safe` resolves when the broker has the reading (true), or it was given
	 * up; `faults` with what the outputs could not say. `interval`: seconds between two readings; `sums`: the fields that are the sum of others.
	 */
	reading(
		reading: Reading,
		interval = intervalOf(this.#profile.document),
		sums?: Sums,
	): { safe: Promise<boolean>; faults: Promise<OutputFault[]> } {
		const text = JSON.stringify(reading)
		const safe = new Promise<boolean>((settled) => this.#put('reading', reading.schema, text, { retain: false, settled }))
		// Another id is another meter: its state starts over.
		const isOther = this.#state.id !== undefined && this.#state.id !== reading.id
		if (isOther) this.#state = new State()
		if (this.#state.add(reading, sums) || isOther) this.#infoDue = true
		const state = this.#state.message()
		// It stays until the next one: after an outage it has the last counters, and `availability` and its times say how old it is.
		this.#put('state', reading.schema, state === reading ? text : JSON.stringify(state), { retain: true })
		const faults = this.#settings.outputs.reading(
			viewOf(this.#settings.meter, this.#profile, interval),
			reading,
			state,
			this.#state.known(),
		)
		if (this.#infoDue) this.#publishInfo()
		return { safe, faults }
	}

	/** Publishes a telegram's bytes, with its times (ISO 8601) and its count. Resolves when the broker has them (true), or they were given up. */
	raw(
		bytes: Uint8Array,
		{ received, session, seq, topic }: { received: string; session: string; seq: number; topic?: string },
	): Promise<boolean> {
		const { topics, output, meter } = this.#settings
		const properties = { received, session, seq: String(seq), profile: this.#profile.label, ...(topic !== undefined && { topic }) }
		return new Promise((settled) => output.publish({ topic: topics.raw(meter), payload: bytes, retain: false, properties, settled }))
	}

	/** Publishes whether the meter sends; a translator leaves that to its reader. */
	availability(online: boolean): void {
		const { role, topics, output, meter } = this.#settings
		if (role === 'translate') return
		output.publish({ topic: topics.meter(meter, 'availability'), payload: online ? 'online' : 'offline', retain: true })
	}

	/** Publishes diagnostics. The meter's own topic is its reader's: a translator reports faults of its telegrams on a topic of its own. */
	diagnostics(message: DiagnosticsMessage): void {
		const { role, topics, output, meter } = this.#settings
		const { discarded, rejected, issues } = message
		const text = visibleLines(JSON.stringify(message))
		if (role !== 'translate') this.#put('diagnostics', message.schema, text, { retain: true })
		else if ([discarded, rejected, issues].some((counts) => Object.keys(counts).length > 0))
			output.publish({ topic: topics.bridgeDiagnostics(meter), payload: text, retain: true })
	}

	/** Goes on with another profile: fields that it does not give are dropped. */
	swap(profile: CompiledProfile): void {
		this.#profile = profile
		this.#state.keep((name) => isGiven(profile, name))
		this.#infoDue = true
	}

	/** Publishes what is not published yet. */
	close(): void {
		if (this.#infoLimit.stop()) this.#putInfo()
	}

	/** Returns the latest of every field. */
	state(): object {
		return this.#state.message()
	}

	#put(kind: MeterTopic, schema: string, payload: string, more: Pick<OutMessage, 'retain' | 'settled'>): void {
		const { topics, output, meter } = this.#settings
		const properties = { schema, profile: this.#profile.label }
		output.publish({ topic: topics.meter(meter, kind), payload, contentType: 'application/json', properties, ...more })
	}

	#publishInfo(): void {
		this.#infoDue = false
		if (this.#infoLimit.may()) this.#putInfo()
	}

	#putInfo(): void {
		this.#put('info', 'cii.info/1', visibleLines(JSON.stringify(this.#info())), { retain: true })
	}

	#info(): object {
		const { title, meter, extra } = this.#profile.document
		const named = shownFields({ ...this.#state.known() }, {}, extra)
			.map(({ name, unit, obis, label, class: quantity }) => ({ name, unit, obis, label, class: quantity, ...this.#state.sumOf(name) }))
			.sort((one, other) => (one.name < other.name ? -1 : 1))
		const head = { schema: 'cii.info/1', meter: this.#settings.meter, id: this.#state.id, profile: this.#profile.label, title }
		return { ...head, ...meter, fields: named }
	}
}

function viewOf(name: string, { document, name: profile, label }: CompiledProfile, interval: number): MeterView {
	const title = document.title ?? profile
	const { meter, extra } = document
	return { name, meter: { ...meter }, profile: { name: profile, label, title, interval }, ...(extra && { extra }) }
}

/** Whether a profile still gives a field: by an expression, or made of others. */
function isGiven({ transform }: CompiledProfile, name: string): boolean {
	const has = (one: string) => transform.has(one)
	return has(name) || has(name.split('.')[0] ?? '') || derivationOf(name, has) !== undefined
}
