import type { Meter as MeterEntry } from '../../schema/types/config.ts'
import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Protocol } from '../decode/decoder.ts'
import { foreignTo } from '../decode/foreign.ts'
import type { Snapshot } from '../http/snapshot.ts'
import { causeOf, type Log } from '../log/log.ts'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import { cpuTime } from '../output/messages.ts'
import type { Memory } from '../pipeline/memory.ts'
import { framePipeline } from '../pipeline/pass-on.ts'
import type { Framed, Outcome, Pipeline, Soon } from '../pipeline/pipeline.ts'
import { readingPipeline } from '../pipeline/translate.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Port, PortEvents } from '../transport/port.ts'
import { intervalOf } from '../transport/session.ts'
import { Diagnostics } from './diagnostics.ts'
import { Pace } from './pace.ts'
import { Publication, type PublicationSettings } from './publication.ts'
import { openSource } from './source.ts'

/** Where a translator gets a meter's telegrams from. The handler calls `done` once, when all that came of a telegram is safe; it never throws. */
export type RawSource = { open(meter: string, handler: (message: InMessage, done: () => void) => void): Port }

type ReadingOutcome = Extract<Outcome, { kind: 'reading' }>

export type MeterSettings = Pick<PublicationSettings, 'role' | 'topics' | 'output' | 'outputs'> & {
	/** For a translator. */
	raw: RawSource
	entry: MeterEntry
	profile: CompiledProfile
	keys: Keys
	/** Start of the process, ms since 1970. */
	session: number
	/** The seq of its first reading. */
	seq: number
	/** The memory of its earlier telegrams. */
	memory: Memory
	/** Keeps what is known after so many more readings. */
	remember(memory: Memory, readings: number): void
	/** Returns the connection that messages for this profile come from. */
	inputOf(profile: CompiledProfile): Connection
	/** Names the profiles that read a protocol. */
	readers(protocol: Protocol): string[]
	log: Log
	onReading: (outcome: ReadingOutcome, profile: CompiledProfile) => void
}

/** Seconds that an adapter may take for its second message: three minutes. */
const FIRST_GAP = 180
/** Seconds of bytes without a frame after which the line's settings are doubted, however rarely the meter sends. */
const LINE_HINT = 60

/** One configured meter, alive: its port, its pipeline, its topics. Its port is open from the start. */
export class Meter {
	readonly #settings: MeterSettings
	readonly #pipeline: Pipeline<Outcome | Framed>
	readonly #publication: Publication
	readonly #diagnostics: Diagnostics
	#profile: CompiledProfile
	#port: Port & { ready?: Promise<void> }
	#online: boolean | undefined
	readonly #pace = new Pace()
	/** Runs until a reading is overdue. */
	#overdue: NodeJS.Timeout | undefined
	/** The window of a telegram that comes in several messages, and the timer for its end. */
	#window: { since: number; timer: NodeJS.Timeout } | undefined
	#detected: string | undefined
	#memory: Memory
	/** Resolves when all that came of a translator's telegrams so far is safe. */
	#safe: Promise<unknown> = Promise.resolve()

	constructor(settings: MeterSettings) {
		const { entry, profile, role, session, log } = settings
		const { name, id = name } = entry
		this.#settings = settings
		this.#profile = profile
		this.#memory = settings.memory
		this.#pipeline = role === 'read' ? framePipeline(settings) : readingPipeline({ ...settings, name, id, live: true, cpu: cpuTime })
		this.#publication = new Publication({ ...settings, meter: name })
		const put = (message: DiagnosticsMessage) => this.#publication.diagnostics(message)
		const source = () => ({ profile: this.#profile.label, frames: this.#pipeline.frames(), transport: this.#profile.document.transport })
		const foreign = (bytes: Uint8Array) => foreignTo(this.#profile.document.decoder, bytes, settings.readers)
		this.#diagnostics = new Diagnostics({ meter: name, session, source, put, foreign, log })
		// A translator has thousands.
		log[role === 'translate' ? 'debug' : 'info'](`profile ${profile.label}, ${profile.document.transport.kind}`)
		this.#available(false)
		this.#port = this.#openPort()
		this.#awaitNext()
		this.#diagnostics.publishSoon()
	}

	/** Resolves when its input stands: for MQTT, when the broker has confirmed the subscription. */
	get ready(): Promise<void> {
		return this.#port.ready ?? Promise.resolve()
	}

	/** Returns the profile that it uses now. */
	get profile(): CompiledProfile {
		return this.#profile
	}

	/** Returns the seq of its next reading. */
	get seq(): number {
		return this.#pipeline.count()
	}

	/** Returns what is known of it now. */
	snapshot(): Snapshot {
		return {
			name: this.#settings.entry.name,
			title: this.#profile.document.title ?? this.#profile.name,
			online: this.#online === true,
			state: { ...this.#publication.state() },
			diagnostics: this.#diagnostics.message(),
		}
	}

	/** Goes on with another profile. The port is opened again only if the transport section differs. */
	async swap(profile: CompiledProfile): Promise<void> {
		const reopens = changes(this.#profile, profile).has('transport')
		this.#profile = profile
		this.#publication.swap(profile)
		void this.#handle(await this.#pipeline.swap(profile, Date.now()))
		this.#settings.log.info({ cause: 'profile', changes: true }, `now uses ${profile.label}${reopens ? '; the port is opened again' : ''}`)
		if (reopens) {
			await this.#port.close()
			this.#port = this.#openPort()
		}
		this.#awaitNext()
	}

	/** Closes the port and publishes that the meter is offline. */
	async close(): Promise<void> {
		clearTimeout(this.#overdue)
		await this.#port.close()
		if (this.#pipeline.window()) await this.#take([], () => this.#pipeline.idle(Date.now()))
		this.#available(false)
		this.#publication.close()
		this.#diagnostics.port('closed')
		this.#diagnostics.close()
	}

	#openPort(): Port & { ready?: Promise<void> } {
		const { role, raw, entry, inputOf, log } = this.#settings
		if (role === 'translate') {
			this.#diagnostics.port('open')
			return raw.open(entry.name, (message, done) => {
				void this.#take(message.payload, () => this.#pipeline.raw(message, Date.now())).then(done)
			})
		}
		const events: PortEvents = {
			bytes: (chunk, received) => this.#take(chunk, () => this.#pipeline.push(chunk, received)),
			idle: (received) => void this.#take([], () => this.#pipeline.idle(received)).then(() => this.#diagnostics.pause()),
			message: (message, received) => void this.#take(message.payload, () => this.#pipeline.message(message, received)),
			status: (text) => {
				if (text === 'open') log.info({ cause: 'open', changes: true }, `${this.#profile.document.transport.kind} is open`)
				else log.warn({ cause: causeOf(text), changes: true }, text)
				this.#diagnostics.port(text)
			},
			restart: (shift) => void this.#pipeline.restart(shift),
		}
		return openSource(this.#profile, inputOf(this.#profile), () => this.#interval, events)
	}

	/** Lets the pipeline work on what arrived, at once where it can. Resolves when all that came of it is safe, and never rejects. */
	async #take({ length }: ArrayLike<number>, work: () => Soon<(Outcome | Framed)[]>): Promise<void> {
		this.#diagnostics.bytes(length)
		try {
			const outcomes = work()
			const safe = this.#handle(outcomes instanceof Promise ? await outcomes : outcomes)
			this.#awaitWindow()
			await safe
		} catch (error) {
			this.#settings.log.error(error, 'the pipeline failed: please report this')
		}
	}

	/** Decides a telegram of several messages when its time is over. */
	#awaitWindow(): void {
		const open = this.#pipeline.window()
		if (open?.since === this.#window?.since) return
		clearTimeout(this.#window?.timer)
		const over = () => void this.#take([], () => this.#pipeline.idle(Date.now()))
		this.#window = open && { since: open.since, timer: setTimeout(over, open.length) }
	}

	/** Counts and publishes what became of what arrived. Resolves when it is safe. */
	#handle(outcomes: (Outcome | Framed)[]): Promise<unknown> {
		if (this.#pipeline.detected() !== this.#detected) {
			this.#detected = this.#pipeline.detected()
			if (this.#detected !== undefined) this.#settings.log.info({ cause: 'detected' }, `the line is detected: ${this.#detected}`)
		}
		const readings: Promise<unknown>[] = []
		for (const outcome of outcomes) {
			this.#diagnostics.count(outcome)
			if (outcome.kind === 'reading') readings.push(this.#publish(outcome))
			else if (outcome.kind === 'framed') this.#passOn(outcome)
		}
		const safe = this.#remember(readings)
		if (outcomes.length > 0) this.#diagnostics.publishSoon()
		return safe
	}

	/** A telegram that is delivered again must not be a replay: a translator keeps its counter only when its reading, and those before it, are safe. */
	#remember(readings: Promise<unknown>[]): Promise<unknown> {
		const memory = this.#pipeline.memory()
		const keep = memory === this.#memory ? () => undefined : () => this.#settings.remember(memory, readings.length)
		this.#memory = memory
		if (this.#settings.role === 'translate') this.#safe = Promise.all([this.#safe, ...readings]).then(keep)
		else keep()
		return this.#safe
	}

	#publish(outcome: ReadingOutcome): Promise<unknown> {
		const { entry, role, log, onReading } = this.#settings
		const { reading, bytes, sums } = outcome
		const { safe, faults } = this.#publication.reading(reading, this.#interval, sums)
		faults
			.then((found) => found.forEach((fault) => void this.#diagnostics.fault(fault)))
			.catch((error: unknown) => log.error(error, 'an output failed: please report this'))
		this.#heard(safe)
		onReading(outcome, this.#profile)
		if (role === 'both' && entry.raw === true && bytes.length > 0) void this.#publication.raw(bytes, reading)
		return safe
	}

	#passOn({ received, ...telegram }: Framed): void {
		const session = new Date(this.#settings.session).toISOString()
		this.#heard(this.#publication.raw(telegram.bytes, { ...telegram, received: new Date(received).toISOString(), session }))
	}

	/** Notes that the meter sends; `safe` resolves to whether the broker has what it sent. */
	#heard(safe: Promise<boolean>): void {
		this.#learn()
		this.#tell(safe)
		this.#available(true)
		this.#awaitNext()
	}

	/** Takes the time since the last reading into account: an adapter may send less often than its profile says. */
	#learn(): void {
		const before = this.#interval
		this.#pace.heard(performance.now() / 1000)
		const now = this.#interval
		if (now === before || this.#settings.role === 'translate') return
		const hint = now > before ? ': "interval" of the meter in the config says so from the start' : ''
		this.#settings.log.info({ cause: 'pace' }, `readings are expected every ${now} s, as they arrive, no longer every ${before} s${hint}`)
	}

	/** Seconds between two readings, as stated and as they arrive. */
	get #interval(): number {
		return this.#pace.interval(intervalOf(this.#profile.document))
	}

	/** Says once that the first reading is published, when it is, and afterwards that readings arrive again. */
	#tell(safe: Promise<boolean>): void {
		const { role, log, output } = this.#settings
		if (this.#online === true || role === 'translate') return
		const thing = role === 'read' ? 'telegram' : 'reading'
		if (this.#diagnostics.message().readings > 1) log.info({ cause: 'again', changes: true }, `${thing}s arrive again`)
		else {
			if (!output.connected()) log.info(`the first ${thing} is read, and waits for the broker`)
			void safe.then((accepted) => accepted && log.info(`the first ${thing} is published`))
		}
	}

	#available(now: boolean): void {
		if (this.#online === now) return
		this.#online = now
		this.#publication.availability(now)
	}

	/** Offline after three intervals without a reading, with the known cause; a doubt of the line itself is told after a minute. */
	#awaitNext(): void {
		const { role, log, entry } = this.#settings
		if (role === 'translate') return
		// How often an adapter sends is its owner's choice: the first gap is waited for, unless the config says how long it is.
		const open = this.#pace.begun && !this.#pace.known && this.#profile.document.transport.kind === 'mqtt' && entry.interval === undefined
		const limit = Math.max(3 * this.#interval, open ? FIRST_GAP : 0)
		const offline = () => {
			log.warn({ cause: 'silent', changes: true }, `no reading for ${limit} s: ${this.#diagnostics.silent()}`)
			this.#available(false)
			this.#diagnostics.publish()
		}
		const hint = () => {
			if (this.#diagnostics.unframed()) log.warn({ cause: 'no frame' }, `no frame for ${LINE_HINT} s: ${this.#diagnostics.silent()}`)
			this.#diagnostics.publish()
			this.#overdue = setTimeout(offline, (limit - LINE_HINT) * 1000).unref()
		}
		clearTimeout(this.#overdue)
		this.#overdue = (limit > LINE_HINT ? setTimeout(hint, LINE_HINT * 1000) : setTimeout(offline, limit * 1000)).unref()
	}
}
