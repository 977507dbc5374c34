import type { Logger } from 'pino'
import type { Meter as MeterEntry } from '../../schema/types/config.ts'
import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Role } from '../config/role.ts'
import type { Snapshot } from '../http/snapshot.ts'
import type { Connection } from '../mqtt/client.ts'
import type { InMessage } from '../mqtt/message.ts'
import type { Receipt } from '../mqtt/receipts.ts'
import type { Memory } from '../pipeline/memory.ts'
import { framing } from '../pipeline/pass-on.ts'
import type { Framed, Outcome, Pipeline, Soon } from '../pipeline/pipeline.ts'
import { meter } from '../pipeline/translate.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Port, PortEvents } from '../transport/port.ts'
import { intervalOf } from '../transport/session.ts'
import { diagnostics } from './diagnostics.ts'
import { type PublicationSettings, publication } from './publication.ts'
import { openSource } from './source.ts'

/** One configured meter, alive: its port, its pipeline, its topics. */
export type Live = {
	/** Resolves when its input stands: for MQTT, when the broker has confirmed the subscription. */
	ready: Promise<void>
	/** Goes on with another profile. The port is opened anew only if the transport section differs. */
	swap(profile: CompiledProfile, input: Connection): Promise<void>
	/** Closes the port and says offline. */
	close(): Promise<void>
	/** The seq of its next reading. */
	count(): number
	/** What is known of it now. */
	snapshot(): Snapshot
}

/** Where a translator gets a meter's telegrams from. */
export type RawSource = { open(meter: string, handler: (message: InMessage) => void): Port }

export type LiveSettings = Pick<PublicationSettings, 'topics' | 'output' | 'outputs'> & {
	role: Role
	/** For a translator. */
	raw: RawSource
	entry: MeterEntry
	profile: CompiledProfile
	keys: Keys
	session: number
	/** The seq of its first reading. */
	seq: number
	/** What its telegrams have shown before, and where it is kept. */
	memory: Memory
	/** What is known after so many more readings. */
	remember(memory: Memory, readings: number): void
	/** Where messages come from, for adapters. */
	input: Connection
	log: Logger
	onReading: (outcome: Extract<Outcome, { kind: 'reading' }>, profile: CompiledProfile) => void
}

/** Seconds of bytes without a frame after which the line's settings are doubted, however seldom the meter sends. */
const LINE_HINT = 60

/** Opens a meter's port and publishes what it says. */
export function live(settings: LiveSettings): Live {
	const { entry, topics, output, log, role } = settings
	let profile = settings.profile
	let input = settings.input
	const pipeline: Pipeline<Outcome | Framed> =
		role === 'read'
			? framing(settings)
			: meter({
					name: entry.name,
					id: entry.id ?? entry.name,
					profile,
					keys: settings.keys,
					session: settings.session,
					seq: settings.seq,
					memory: settings.memory,
					alone: true,
				})
	const published = publication({ meter: entry.name, profile, topics, output, outputs: settings.outputs })
	let online: boolean | undefined
	let silence: NodeJS.Timeout | undefined

	const account = diagnostics({
		meter: entry.name,
		session: settings.session,
		profile: () => profile.label,
		transport: () => profile.document.transport,
		frames: pipeline.frames,
		put: putDiagnostics,
		log,
	})

	/** A meter's own topic for them is its reader's; a translator says what is wrong with its telegrams on a topic of its own. */
	function putDiagnostics(message: DiagnosticsMessage): void {
		const { discarded, rejected, issues } = message
		if (role !== 'translate') published.put('diagnostics', message, true)
		else if ([discarded, rejected, issues].some((counts) => Object.keys(counts).length > 0))
			output.publish({ topic: topics.bridgeDiagnostics(entry.name), payload: JSON.stringify(message), retain: true })
	}

	function available(now: boolean): void {
		if (online === now) return
		const what = role === 'read' ? 'telegram is' : 'reading is'
		if (now && role !== 'translate')
			log.info(account.readings() === 1 ? `the first ${what} published` : `${what.split(' ')[0]}s come again`)
		online = now
		// Whoever reads the port says whether there is anything to read.
		if (role !== 'translate') published.put('availability', now ? 'online' : 'offline', true)
	}

	/** Offline after three intervals without a reading, with the cause that is known; what can be told of the line itself, after a minute. */
	function awaitNext(): void {
		clearTimeout(silence)
		if (role === 'translate') return
		const limit = 3 * intervalOf(profile.document)
		const offline = () => {
			log.warn(`no reading for ${limit} s: ${account.silent()}`)
			available(false)
			account.publish()
		}
		const hint = () => {
			if (account.unframed()) log.warn(`no frame for ${LINE_HINT} s: ${account.silent()}`)
			account.publish()
			after(limit - LINE_HINT, offline)
		}
		if (limit > LINE_HINT) after(LINE_HINT, hint)
		else after(limit, offline)
	}

	function after(seconds: number, work: () => void): void {
		silence = setTimeout(work, seconds * 1000)
		silence.unref()
	}

	let detected: string | undefined
	let remembered = settings.memory

	function handle(outcomes: (Outcome | Framed)[], receipt?: Receipt): void {
		if (pipeline.detected() !== detected) {
			detected = pipeline.detected()
			if (detected !== undefined) log.info(`the line is detected: ${detected}`)
		}
		for (const outcome of outcomes) {
			account.count(outcome)
			if (outcome.kind === 'reading') publish(outcome, receipt)
			else if (outcome.kind === 'framed') passOn(outcome)
		}
		const readings = outcomes.filter(({ kind }) => kind === 'reading').length
		if (pipeline.memory() !== remembered) keep(pipeline.memory(), readings, receipt)
		if (outcomes.length > 0) account.publishSoon()
	}

	/** A telegram that is delivered again must not be a replay: its counter is kept on disk only when its reading is safe. */
	function keep(memory: Memory, readings: number, receipt: Receipt | undefined): void {
		remembered = memory
		if (receipt) receipt.before(() => settings.remember(memory, readings))
		else settings.remember(memory, readings)
	}

	function publish(outcome: Extract<Outcome, { kind: 'reading' }>, receipt: Receipt | undefined): void {
		const { reading } = outcome
		published
			.reading(reading, receipt?.hold())
			.then((faults) => faults.forEach(account.fault))
			.catch((error: unknown) => log.error(error, 'an output failed: please report this'))
		heard()
		settings.onReading(outcome, profile)
		if (role === 'both' && entry.raw === true && outcome.bytes.length > 0) {
			const properties = { received: reading.received, session: reading.session, seq: String(reading.seq), profile: reading.profile }
			output.publish({ topic: topics.raw(entry.name), payload: outcome.bytes, retain: false, properties })
		}
	}

	function passOn({ bytes, received, seq, topic }: Framed): void {
		const [arrived, session] = [received, settings.session].map((instant) => new Date(instant).toISOString()) as [string, string]
		const properties = { received: arrived, session, seq: String(seq), profile: profile.label, ...(topic !== undefined && { topic }) }
		output.publish({ topic: topics.raw(entry.name), payload: bytes, retain: false, properties })
		heard()
	}

	function heard(): void {
		available(true)
		awaitNext()
	}

	const failed = (error: unknown) => log.error(error, 'the pipeline failed: please report this')
	function guarded(work: () => Soon<(Outcome | Framed)[]>, receipt?: Receipt): void {
		try {
			const outcomes = work()
			if (outcomes instanceof Promise)
				outcomes
					.then((found) => handle(found, receipt))
					.catch(failed)
					.finally(receipt?.hold())
			else handle(outcomes, receipt)
		} catch (error) {
			failed(error)
		}
	}
	const events: PortEvents = {
		bytes(chunk, received) {
			account.bytes(chunk.length)
			guarded(() => pipeline.push(chunk, received))
		},
		idle: (received) => guarded(() => pipeline.idle(received)),
		message(message, received) {
			account.bytes(message.payload.length)
			guarded(() => pipeline.message(message, received))
		},
		status(text) {
			if (text === 'open') log.info(`${profile.document.transport.kind} is open`)
			else log.warn(text)
			account.port(text)
		},
		restart: (shift) => void pipeline.restart(shift),
	}

	function openPort(): Port & { ready?: Promise<void> } {
		if (role !== 'translate') return openSource(profile, input, events)
		account.port('open')
		return settings.raw.open(entry.name, (message) => {
			account.bytes(message.payload.length)
			guarded(() => pipeline.raw(message, Date.now()), message.receipt)
		})
	}

	// A translator has thousands.
	log[role === 'translate' ? 'debug' : 'info'](`profile ${profile.label}, ${profile.document.transport.kind}`)
	available(false)
	let port = openPort()
	awaitNext()
	account.publishSoon()

	return {
		count: pipeline.count,
		snapshot: () => ({
			name: entry.name,
			title: profile.document.title ?? profile.name,
			online: online === true,
			state: published.state(),
			diagnostics: account.message(),
		}),
		ready: port.ready ?? Promise.resolve(),
		async swap(next, source) {
			const reopen = JSON.stringify(next.document.transport) !== JSON.stringify(profile.document.transport)
			profile = next
			input = source
			published.swap(next)
			handle(await pipeline.swap(next, Date.now()))
			log.info(`now with ${next.label}${reopen ? ', the port is opened anew' : ''}`)
			if (reopen) {
				await port.close()
				port = openPort()
			}
			awaitNext()
		},
		async close() {
			clearTimeout(silence)
			account.close()
			await port.close()
			available(false)
			account.port('closed')
		},
	}
}
