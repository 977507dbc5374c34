import type { Logger } from 'pino'
import type { Meter as MeterEntry } from '../schema/types/config.ts'
import type { Diagnostics } from '../schema/types/diagnostics.ts'
import { fields } from '../schema/types/fields.ts'
import { type Meter, meter, type Outcome } from './meter.ts'
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
import { tcpPort } from './transport/tcp.ts'

/** One configured meter, alive: its port, its pipeline, its topics. */
export type Live = {
	/** Resolves when its input stands: for MQTT, when the broker has confirmed the subscription. */
	ready: Promise<void>
	/** Goes on with another profile. The port is opened anew only if the transport section differs. */
	swap(profile: CompiledProfile, input: Connection): Promise<void>
	/** Closes the port and says offline; `forget` clears the retained topics too. */
	close(forget: boolean): Promise<void>
	/** The seq of its next reading. */
	count(): number
}

export type LiveSettings = {
	entry: MeterEntry
	profile: CompiledProfile
	keys: Keys
	session: number
	/** The seq of its first reading. */
	seq: number
	topics: Topics
	/** Where readings go. */
	output: Connection
	/** Where messages come from, for adapters. */
	input: Connection
	log: Logger
	onReading: (outcome: Extract<Outcome, { kind: 'reading' }>) => void
}

/** Seconds between two telegrams where the profile states no interval. Push lists come every 5 to 10 s. */
const DEFAULT_INTERVAL = 20
/** Milliseconds before the same complaint is logged again. */
const COMPLAINT_PAUSE = 900_000
/** Milliseconds between two diagnostics messages of a meter. */
const DIAGNOSTICS_PAUSE = 5000

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
	})
	let state: State = emptyState
	let announced = ''
	let online: boolean | undefined
	let silence: NodeJS.Timeout | undefined
	let publishing: NodeJS.Timeout | undefined
	const complaints = new Map<string, number>()
	const counts: Omit<Diagnostics, 'schema' | 'meter' | 'profile' | 'frames'> = {
		since: new Date(settings.session).toISOString(),
		port: 'opening',
		readings: 0,
		bytes: 0,
		discarded: {},
		rejected: {},
		issues: {},
	}

	const put = (kind: MeterTopic, payload: unknown, retain: boolean) =>
		output.publish({
			topic: topics.meter(entry.name, kind),
			payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
			retain,
		})

	function available(now: boolean): void {
		if (online === now) return
		if (now) log.info(counts.readings === 1 ? 'the first reading is published' : 'readings come again')
		online = now
		put('availability', now ? 'online' : 'offline', true)
	}

	/** Offline after three intervals without a reading, with the cause that is known. */
	function awaitNext(): void {
		clearTimeout(silence)
		const seconds = 3 * (profile.document.interval ?? DEFAULT_INTERVAL)
		silence = setTimeout(() => {
			counts.silence = causeOfSilence()
			log.warn(`no reading for ${seconds} s: ${counts.silence}`)
			available(false)
			putDiagnostics()
		}, seconds * 1000)
		silence.unref()
	}

	function causeOfSilence(): string {
		if (counts.port !== 'open') return counts.port
		const { kind, topic, host, port } = profile.document.transport
		if (counts.bytes === before.bytes) {
			if (kind === 'mqtt') return `no message arrives on ${topic}: does the adapter publish to this broker, under this topic?`
			if (kind === 'tcp') return `nothing arrives from ${host}:${port}: does the bridge read the meter?`
			return 'nothing arrives: is the interface enabled by the operator, the cable in its port?'
		}
		if (pipeline.frames() === before.frames) {
			return counts.readings > 0
				? 'only noise arrives: is the cable loose?'
				: 'bytes arrive, but no frame: wrong line settings, or another link layer?'
		}
		return counts.last_rejected ?? 'telegrams arrive, but give no reading'
	}
	let before = { bytes: 0, frames: 0 }

	function handle(outcomes: Outcome[]): void {
		for (const outcome of outcomes) {
			if (outcome.kind === 'reading') publish(outcome)
			else if (outcome.kind === 'discarded') count(counts.discarded, outcome.reason)
			else {
				count(counts.rejected, outcome.reason)
				counts.last_rejected = `${outcome.reason}: ${outcome.detail}`
				complain(`rejected (${outcome.reason}): ${outcome.detail}`)
				for (const issue of outcome.issues ?? []) count(counts.issues, `${issue.field}:${issue.code}`)
			}
		}
		if (outcomes.length > 0) diagnose()
	}

	function publish(outcome: Extract<Outcome, { kind: 'reading' }>): void {
		const { reading, issues } = outcome
		counts.readings++
		counts.last_reading = reading.received
		delete counts.silence
		before = { bytes: counts.bytes ?? 0, frames: pipeline.frames() }
		for (const issue of issues) {
			count(counts.issues, `${issue.field}:${issue.code}`)
			complain(`${issue.field} left out (${issue.code}): ${issue.detail}`)
		}
		put('reading', reading, false)
		// Another id is another meter: its state begins anew.
		if (state.head.id !== undefined && state.head.id !== reading.id) state = emptyState
		state = merge(state, reading)
		put('state', stateMessage(state), true)
		announce()
		available(true)
		awaitNext()
		settings.onReading(outcome)
		if (entry.raw === true && outcome.bytes.length > 0) {
			const properties = { received: reading.received, session: reading.session, seq: String(reading.seq), profile: reading.profile }
			output.publish({ topic: topics.raw(entry.name), payload: outcome.bytes, retain: false, properties })
		}
	}

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

	/** At once when it was quiet, else at the end of the pause: nobody needs it more often. */
	function diagnose(): void {
		if (publishing) return
		putDiagnostics()
		publishing = setTimeout(() => {
			publishing = undefined
			putDiagnostics()
		}, DIAGNOSTICS_PAUSE)
		publishing.unref()
	}

	function putDiagnostics(): void {
		put(
			'diagnostics',
			{ schema: 'cii.diagnostics/1', meter: entry.name, profile: profile.label, frames: pipeline.frames(), ...counts },
			true,
		)
	}

	/** One line a kind and quarter of an hour, not one a telegram: the counters have the rest. */
	function complain(text: string): void {
		const kind = text.replace(/\d+/g, '#').slice(0, 100)
		const now = Date.now()
		if (now - (complaints.get(kind) ?? 0) < COMPLAINT_PAUSE) return
		if (complaints.size > 100) complaints.clear()
		complaints.set(kind, now)
		log.warn(text)
	}

	const guarded = (work: Promise<Outcome[]>) => {
		work.then(handle).catch((error: unknown) => log.error(error, 'the pipeline failed: please report this'))
	}
	const events: PortEvents = {
		bytes(chunk, received) {
			counts.bytes = (counts.bytes ?? 0) + chunk.length
			guarded(pipeline.push(chunk, received))
		},
		idle: (received) => guarded(pipeline.idle(received)),
		message(message, received) {
			counts.bytes = (counts.bytes ?? 0) + message.payload.length
			guarded(pipeline.message(message, received))
		},
		status(text) {
			counts.port = text
			if (text === 'open') log.info(`${profile.document.transport.kind} is open`)
			else log.warn(text)
			putDiagnostics()
		},
		restart: (shift) => guarded(pipeline.restart(shift).then(() => [])),
	}

	function openPort(): Port & { ready?: Promise<void> } {
		const transport = profile.document.transport
		switch (transport.kind) {
			case 'serial':
				return serialPort(transport, events)
			case 'tcp':
				return tcpPort(transport, profile.document.interval ?? DEFAULT_INTERVAL, events)
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
	diagnose()

	return {
		count: pipeline.count,
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
		async close(forget) {
			clearTimeout(silence)
			clearTimeout(publishing)
			await port.close()
			available(false)
			counts.port = 'closed'
			putDiagnostics()
			if (forget) for (const kind of ['state', 'availability', 'info', 'diagnostics'] as const) put(kind, '', true)
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

function count(counts: Record<string, number>, key: string): void {
	counts[key] = (counts[key] ?? 0) + 1
}
