import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import { foreignTo } from '../decode/foreign.ts'
import { causeOf } from '../log/log.ts'
import { cpuTime } from '../output/messages.ts'
import type { OutputFault } from '../output/running.ts'
import { after } from '../pipeline/in-order.ts'
import type { Memory } from '../pipeline/memory.ts'
import { framePipeline } from '../pipeline/pass-on.ts'
import type { Framed, Outcome, Pipeline, Soon } from '../pipeline/pipeline.ts'
import { readingPipeline } from '../pipeline/translate.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { utcText } from '../telegram/time-text.ts'
import type { Port, PortEvents } from '../transport/port.ts'
import { Diagnostics } from './diagnostics.ts'
import { Expected } from './expected.ts'
import { LINE_HINT } from './overdue.ts'
import { Publication } from './publication.ts'
import type { MeterSettings, ReadingOutcome } from './settings.ts'
import type { Snapshot } from './snapshot.ts'
import { openSource } from './source.ts'
import { type UnsafeTelegram, UnsafeTelegrams } from './unsafe.ts'
import { WindowEnd } from './window-end.ts'

type Outcomes = (Outcome | Framed)[]

const NOTHING = new Uint8Array(0)
const NOBODY = (): void => undefined

/** One configured meter, alive: its port, its pipeline, its topics. Its port is open from the start. */
export class Meter {
	readonly #settings: MeterSettings
	readonly #pipeline: Pipeline<Outcome | Framed>
	readonly #publication: Publication
	readonly #diagnostics: Diagnostics
	#profile: CompiledProfile
	#port: Port & { ready?: Promise<void> }
	#online: boolean | undefined
	readonly #expected: Expected
	/** Decides a telegram of several messages when its time is over. */
	readonly #window = new WindowEnd(() => void this.#take(NOTHING, () => this.#pipeline.idle(Date.now())))
	#detected: string | undefined
	#memory: Memory
	/** Of a translator. */
	readonly #unsafe = new UnsafeTelegrams((...kept) => this.#settings.remember(...kept))

	constructor(settings: MeterSettings) {
		const { entry, profile, role, session, log } = settings
		const { name, id = name } = entry
		this.#settings = settings
		this.#profile = profile
		this.#memory = settings.memory
		this.#pipeline = role === 'read' ? framePipeline(settings) : readingPipeline({ ...settings, name, id, live: true, cpu: cpuTime })
		this.#publication = new Publication({ ...settings, meter: name, id: entry.id })
		const put = (message: DiagnosticsMessage) => {
			this.#publication.diagnostics(message)
			settings.watch?.diagnostics(message)
		}
		const source = () => ({ profile: this.#profile.label, transport: this.#profile.document.transport })
		const frames = () => this.#pipeline.frames()
		const foreign = (bytes: Uint8Array) => foreignTo(this.#profile.document.decoder, bytes, settings.readers)
		const asked = () => settings.asked?.(name)
		this.#diagnostics = new Diagnostics({ meter: name, session, source, frames, put, foreign, asked, log })
		// A translator has thousands.
		log[role === 'translate' ? 'debug' : 'info'](`profile ${profile.label}, ${profile.document.transport.kind}`)
		this.#available(false)
		this.#expected = new Expected({
			profile,
			isStated: entry.interval !== undefined,
			isWatched: role !== 'translate',
			doubtful: () => this.#doubt(),
			overdue: (limit) => this.#silent(limit),
			log,
		})
		this.#port = this.#openPort()
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
		const { entry } = this.#settings
		const { title, transport, meter, extra } = this.#profile.document
		return {
			name: entry.name,
			title: entry.title ?? entry.name,
			profileTitle: title ?? this.#profile.name,
			transport: transport.kind,
			interval: this.#expected.interval,
			online: this.#online === true,
			state: this.#publication.state(),
			diagnostics: this.#diagnostics.message(),
			...(entry.fuse !== undefined && { fuse: entry.fuse }),
			...(meter?.timezone !== undefined && { timezone: meter.timezone }),
			...(extra && { extra }),
		}
	}

	/** Goes on with another profile. The port is opened again only if the transport section differs. */
	async swap(profile: CompiledProfile): Promise<void> {
		const reopens = changes(this.#profile, profile).has('transport')
		this.#profile = profile
		this.#publication.swap(profile)
		this.#handle(await this.#pipeline.swap(profile, Date.now()), NOBODY)
		this.#settings.log.info({ cause: 'profile', changes: true }, `now uses ${profile.label}${reopens ? '; the port is opened again' : ''}`)
		if (reopens) {
			await this.#port.close()
			this.#port = this.#openPort()
		}
		this.#expected.swap(profile)
	}

	/** Closes the port and publishes that the meter is offline. */
	async close(): Promise<void> {
		await this.#port.close()
		if (this.#pipeline.window()) await this.#take(NOTHING, () => this.#pipeline.idle(Date.now()))
		this.#window.await(undefined)
		this.#expected.close()
		this.#available(false)
		this.#publication.close()
		this.#diagnostics.port('closed')
		this.#diagnostics.close()
	}

	#openPort(): Port & { ready?: Promise<void> } {
		const { role, raw, entry, inputOf, log, trace } = this.#settings
		if (role === 'translate') {
			this.#diagnostics.port('open')
			return raw.open(entry.name, (message, done) => void this.#take(message.payload, () => this.#pipeline.raw(message, Date.now()), done))
		}
		const events: PortEvents = {
			bytes: (chunk, received) => this.#take(chunk, () => this.#pipeline.push(chunk, received)),
			idle: (received) =>
				void after(
					this.#take(NOTHING, () => this.#pipeline.idle(received)),
					() => this.#diagnostics.pause(),
				),
			message: (message, received) => void this.#take(message.payload, () => this.#pipeline.message(message, received)),
			status: (text) => {
				if (text === 'open') log.info({ cause: 'open', changes: true }, `${this.#profile.document.transport.kind} is open`)
				else log.warn({ cause: causeOf(text), changes: true }, text)
				this.#diagnostics.port(text)
			},
			restart: (shift) => void this.#pipeline.restart(shift),
		}
		return openSource(this.#profile, inputOf(this.#profile), () => this.#expected.interval, trace?.tap(events) ?? events)
	}

	/**
	 * Lets the pipeline work on what arrived, at once where it can; a promise resolves when it has, and never rejects. `done` is called when all that came of
	 * it, and before it, is safe.
	 */
	#take({ length }: ArrayLike<number>, work: () => Soon<Outcomes>, done = NOBODY): Promise<void> | undefined {
		this.#diagnostics.bytes(length)
		try {
			const outcomes = work()
			if (outcomes instanceof Promise)
				return outcomes.then(
					(later) => this.#handle(later, done),
					(error: unknown) => this.#failed(error, done),
				)
			this.#handle(outcomes, done)
		} catch (error) {
			this.#failed(error, done)
		}
		return undefined
	}

	#failed(error: unknown, done: () => void): void {
		this.#settings.log.error(error, 'the pipeline failed: please report this')
		done()
	}

	/** Counts and publishes what became of what arrived. A translator keeps what is known, and is done, only when all of it is safe. */
	#handle(outcomes: Outcomes, done: () => void): void {
		const memory = this.#pipeline.memory()
		const isNew = memory !== this.#memory
		this.#memory = memory
		const unsafe = this.#settings.role === 'translate' ? this.#unsafe.begin(isNew ? memory : undefined, done) : undefined
		let readings = 0
		try {
			this.#tellDetected()
			for (const outcome of outcomes) {
				this.#diagnostics.count(outcome)
				this.#settings.trace?.outcome(outcome, this.#profile)
				if (outcome.kind === 'framed') this.#passOn(outcome)
				if (outcome.kind !== 'reading') continue
				readings++
				this.#publish(outcome, unsafe)
			}
			this.#window.await(this.#pipeline.window())
			if (outcomes.length > 0) this.#diagnostics.publishSoon()
			unsafe?.settled()
		} catch (error) {
			this.#failed(error, () => unsafe?.release())
		}
		if (!unsafe && isNew) this.#settings.remember(memory, readings)
	}

	#tellDetected(): void {
		const before = this.#detected
		const detected = this.#pipeline.detected()
		this.#detected = detected
		if (detected !== before && detected !== undefined) this.#settings.log.info({ cause: 'detected' }, `the line is detected: ${detected}`)
	}

	#publish(outcome: ReadingOutcome, unsafe: UnsafeTelegram | undefined): void {
		const { entry, role, onReading, watch } = this.#settings
		const { reading, bytes, sums } = outcome
		unsafe?.hold()
		const faults = this.#publication.reading(reading, this.#expected.interval, sums, unsafe?.settled ?? this.#tell())
		void after(faults, this.#faulty)
		this.#heard()
		onReading(outcome, this.#profile)
		watch?.reading(entry.name)
		if (role === 'both' && entry.raw === true && bytes.length > 0) this.#publication.raw(bytes, reading)
	}

	readonly #faulty = (faults: OutputFault[]): void => {
		for (const fault of faults) this.#diagnostics.fault(fault)
	}

	#passOn({ received, ...telegram }: Framed): void {
		const session = utcText(this.#settings.session)
		this.#publication.raw(telegram.bytes, { ...telegram, received: utcText(received), session }, this.#tell())
		this.#heard()
	}

	#heard(): void {
		this.#expected.heard()
		this.#available(true)
	}

	/**
	 * Says that the first reading is there, and afterwards that readings arrive again. Gives what is to be called when the broker has that reading: it says
	 * so once.
	 */
	#tell(): ((accepted: boolean) => void) | undefined {
		const { role, log, output } = this.#settings
		if (this.#online === true || role === 'translate') return undefined
		const thing = role === 'read' ? 'telegram' : 'reading'
		if (this.#diagnostics.readings > 1) return void log.info({ cause: 'again', changes: true }, `${thing}s arrive again`)
		if (!output.connected()) log.info(`the first ${thing} is read, and waits for the broker`)
		return (accepted) => void (accepted && log.info(`the first ${thing} is published`))
	}

	#available(now: boolean): void {
		if (this.#online === now) return
		this.#online = now
		this.#publication.availability(now)
		this.#settings.watch?.availability(this.#settings.entry.name, now)
	}

	/** Tells a doubt of the line itself after a minute. */
	#doubt(): void {
		const { log } = this.#settings
		if (this.#diagnostics.unframed()) log.warn({ cause: 'no frame' }, `no frame for ${LINE_HINT} s: ${this.#diagnostics.silent()}`)
		this.#diagnostics.publish()
	}

	/** Tells that the meter is offline, with the known cause. */
	#silent(limit: number): void {
		this.#settings.log.warn({ cause: 'silent', changes: true }, `no reading for ${limit} s: ${this.#diagnostics.silent()}`)
		this.#available(false)
		this.#diagnostics.publish()
	}
}
