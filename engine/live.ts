import type { Logger } from 'pino'
import type { Meter as MeterEntry } from '../schema/types/config.ts'
import type { Diagnostics as DiagnosticsMessage } from '../schema/types/diagnostics.ts'
import { fields } from '../schema/types/fields.ts'
import { diagnostics } from './diagnostics.ts'
import type { Memory } from './memory.ts'
import { type Meter, meter, type Outcome, type Soon } from './meter.ts'
import type { Outputs } from './outputs.ts'
import type { CompiledProfile } from './profile/profile.ts'
import type { Connection } from './publish/client.ts'
import { emptyState, keep, merge, type State, stateMessage } from './publish/state.ts'
import type { MeterTopic, Topics } from './publish/topics.ts'
import { replaySample } from './samples.ts'
import type { Keys } from './telegram/telegram.ts'
import { capturePort } from './transport/capture.ts'
import { mqttPort } from './transport/mqtt.ts'
import type { Port, PortEvents } from './transport/port.ts'
import { serialPort } from './transport/serial.ts'
import { intervalOf } from './transport/session.ts'
import { tcpPort } from './transport/tcp.ts'

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

/** A meter as it stands: `state` holds the latest of every field while it is `online`. */
export type Snapshot = {
	name: string
	title: string
	online: boolean
	state: Record<string, unknown>
	diagnostics: DiagnosticsMessage
}

export type LiveSettings = {
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
	topics: Topics
	/** Where readings go. */
	output: Connection
	/** Where messages come from, for adapters. */
	input: Connection
	log: Logger
	/** Other conventions that a reading is published by. */
	outputs: Pick<Outputs, 'reading'>
	onReading: (outcome: Extract<Outcome, { kind: 'reading' }>, profile: CompiledProfile) => void
}

/** Seconds of bytes without a frame after which the line's settings are doubted, however seldom the meter sends. */
const LINE_HINT = 60

/** Opens a meter's port and publishes what it says. */
export function live(settings: LiveSettings): Live {
	const { entry, topics, output, log } = settings
	let profile = settings.profile
	let input = settings.input
	const pipeline: Meter = meter({
		name: entry.name,
		id: entry.id ?? entry.name,
		profile,
		keys: settings.keys,
		session: settings.session,
		seq: settings.seq,
		memory: settings.memory,
		alone: true,
	})
	let state: State = emptyState
	let announced = ''
	let online: boolean | undefined
	let silence: NodeJS.Timeout | undefined
	/** `expiry`: seconds after which what is said holds no more. */
	function put(kind: MeterTopic, payload: object | string, retain: boolean, expiry?: number): void {
		const told = typeof payload === 'object' && {
			contentType: 'application/json',
			properties: { schema: String((payload as { schema?: string }).schema), profile: profile.label },
		}
		const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
		output.publish({ topic: topics.meter(entry.name, kind), payload: text, retain, ...told, ...(expiry !== undefined && { expiry }) })
	}

	const account = diagnostics({
		meter: entry.name,
		session: settings.session,
		profile: () => profile.label,
		transport: () => profile.document.transport,
		frames: pipeline.frames,
		put: (message) => put('diagnostics', message, true),
		log,
	})

	function available(now: boolean): void {
		if (online === now) return
		if (now) log.info(account.readings() === 1 ? 'the first reading is published' : 'readings come again')
		online = now
		put('availability', now ? 'online' : 'offline', true)
	}

	/** Offline after three intervals without a reading, with the cause that is known; what can be told of the line itself, after a minute. */
	function awaitNext(): void {
		clearTimeout(silence)
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

	function handle(outcomes: Outcome[]): void {
		if (pipeline.detected() !== detected) {
			detected = pipeline.detected()
			if (detected !== undefined) log.info(`the line is detected: ${detected}`)
		}
		for (const outcome of outcomes) {
			account.count(outcome)
			if (outcome.kind === 'reading') publish(outcome)
		}
		const readings = outcomes.filter(({ kind }) => kind === 'reading').length
		if (pipeline.memory() !== remembered) settings.remember(pipeline.memory(), readings)
		remembered = pipeline.memory()
		if (outcomes.length > 0) account.publishSoon()
	}

	function publish(outcome: Extract<Outcome, { kind: 'reading' }>): void {
		const { reading } = outcome
		put('reading', reading, false)
		// Another id is another meter: its state begins anew.
		if (state.head.id !== undefined && state.head.id !== reading.id) state = emptyState
		state = merge(state, reading)
		const merged = stateMessage(state)
		put('state', merged, true, Math.ceil(3 * intervalOf(profile.document)))
		settings.outputs
			.reading(view(), reading, merged)
			.then((faults) => faults.forEach(account.fault))
			.catch((error: unknown) => log.error(error, 'an output failed: please report this'))
		announce()
		available(true)
		awaitNext()
		settings.onReading(outcome, profile)
		if (entry.raw === true && outcome.bytes.length > 0) {
			const properties = { received: reading.received, session: reading.session, seq: String(reading.seq), profile: reading.profile }
			output.publish({ topic: topics.raw(entry.name), payload: outcome.bytes, retain: false, properties })
		}
	}

	const view = () => ({
		name: entry.name,
		meter: { ...profile.document.meter },
		profile: {
			name: profile.name,
			label: profile.label,
			title: profile.document.title ?? profile.name,
			interval: intervalOf(profile.document),
		},
	})

	/** `info` anew whenever a field is seen for the first time, or the profile changed. */
	function announce(): void {
		const seen = [...state.values.keys()].filter((name) => name in fields)
		const info = {
			schema: 'cii.info/1',
			meter: entry.name,
			id: state.head.id,
			profile: profile.label,
			title: profile.document.title,
			...profile.document.meter,
			fields: seen.sort().map((name) => ({ name, unit: fields[name]?.unit, obis: fields[name]?.obis, label: fields[name]?.label })),
		}
		const text = JSON.stringify(info)
		if (text !== announced) put('info', text, true)
		announced = text
	}

	const failed = (error: unknown) => log.error(error, 'the pipeline failed: please report this')
	function guarded(work: () => Soon<Outcome[]>): void {
		try {
			const outcomes = work()
			if (outcomes instanceof Promise) outcomes.then(handle).catch(failed)
			else handle(outcomes)
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
		const transport = profile.document.transport
		switch (transport.kind) {
			case 'serial':
				return serialPort(transport, events)
			case 'tcp':
				return tcpPort(transport, intervalOf(profile.document), events)
			case 'capture':
				return capturePort(transport, async (capture) => firstTime(await replaySample(profile, capture)), events)
			case 'mqtt':
				return mqttPort(transport, input, events)
		}
	}

	log.info(`profile ${profile.label}, ${profile.document.transport.kind}`)
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
			state: stateMessage(state),
			diagnostics: account.message(),
		}),
		ready: port.ready ?? Promise.resolve(),
		async swap(next, source) {
			const reopen = JSON.stringify(next.document.transport) !== JSON.stringify(profile.document.transport)
			profile = next
			input = source
			state = keep(state, (name) => mapped(next, name))
			handle(await pipeline.swap(next, Date.now()))
			announced = ''
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

/** When the first reading of a recording was taken, ms since 1970, if its meter says so. */
function firstTime(outcomes: Outcome[]): number | undefined {
	const first = outcomes.find((outcome) => outcome.kind === 'reading')
	return first?.kind === 'reading' && first.reading.time_source !== 'gateway' ? Date.parse(first.reading.time) : undefined
}

/** Whether a profile still gives a field: by an expression, or as the net of two. */
function mapped({ transform }: CompiledProfile, name: string): boolean {
	const parts = name.replace('power_net', 'power_import')
	return transform.has(name) || transform.has(name.split('.')[0] ?? '') || (name.startsWith('power_net') && transform.has(parts))
}
