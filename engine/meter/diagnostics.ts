import type { Logger } from 'pino'
import type { Cause, Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import type { Transport } from '../../schema/types/profile.ts'
import type { Framed, Outcome } from '../pipeline/pipeline.ts'
import type { Issue } from '../transform/expect.ts'

/** What came in at one meter and what became of it: counted, published now and then, and complained of once in a while. */
export type Diagnostics = {
	/** Status of the port: `open`, or in words why not. */
	port(text: string): void
	bytes(count: number): void
	/** Counts what became of what arrived; complains of what was rejected. */
	count(outcome: Outcome | Framed): void
	/** Counts a message that an output did not give, and complains of it. */
	fault(fault: { output: string; detail: string }): void
	/** Whether bytes arrive, and no frame among them, since the last reading. */
	unframed(): boolean
	/** Says that the meter is silent, and why. */
	silent(): string
	/** Publishes at once. */
	publish(): void
	/** Publishes at once when it was quiet, else at the end of the pause. */
	publishSoon(): void
	readings(): number
	/** All of it, as it is published. */
	message(): DiagnosticsMessage
	close(): void
}

export type DiagnosticsSettings = {
	meter: string
	session: number
	profile: () => string
	transport: () => Transport
	frames: () => number
	put(message: DiagnosticsMessage): void
	log: Logger
}

/** Milliseconds before the same complaint is logged again. */
const COMPLAINT_PAUSE = 900_000
/** Milliseconds between two diagnostics messages of a meter. */
const PAUSE = 5000

/** The diagnostics of one meter, all counts at zero. */
export function diagnostics({ meter, session, profile, transport, frames, put, log }: DiagnosticsSettings): Diagnostics {
	const counts: Omit<DiagnosticsMessage, 'schema' | 'meter' | 'profile' | 'frames'> = {
		since: new Date(session).toISOString(),
		port: 'opening',
		readings: 0,
		bytes: 0,
		discarded: {},
		rejected: {},
		issues: {},
	}
	/** What became of the last telegram that gave no reading. */
	let refusal: Cause = 'not-mapped'
	/** At the last reading. */
	let before = { bytes: 0, frames: 0 }
	let timer: NodeJS.Timeout | undefined
	const complaints = new Map<string, number>()

	const message = (): DiagnosticsMessage => ({ schema: 'cii.diagnostics/1', meter, profile: profile(), frames: frames(), ...counts })
	const publish = () => put(message())

	/** One line a kind and quarter of an hour, not one a telegram: the counters have the rest. */
	function complain(text: string): void {
		const kind = text.replace(/\d+/g, '#').slice(0, 100)
		const now = Date.now()
		if (now - (complaints.get(kind) ?? 0) < COMPLAINT_PAUSE) return
		if (complaints.size > 100) complaints.clear()
		complaints.set(kind, now)
		log.warn(text)
	}

	function issue({ field, code, detail }: Issue): void {
		increase(counts.issues, `${field}:${code}`)
		complain(code === 'mismatch' ? detail : `${field} left out (${code}): ${detail}`)
	}

	function causeOfSilence(): { cause: Cause; silence: string } {
		if (counts.port !== 'open') return { cause: 'port', silence: counts.port }
		if (counts.bytes === before.bytes) return { cause: 'no-bytes', silence: nothingArrives(transport()) }
		if (unframed()) {
			const doubt = `bytes arrive, but no frame: ${lineDoubt(transport())}`
			return { cause: 'no-frames', silence: counts.readings > 0 ? 'only noise arrives: is the cable loose?' : doubt }
		}
		return { cause: refusal, silence: counts.last_rejected ?? 'telegrams arrive, but give no reading' }
	}

	const unframed = () => counts.bytes !== before.bytes && frames() === before.frames

	return {
		port(text) {
			counts.port = text
			publish()
		},
		bytes(count) {
			counts.bytes = (counts.bytes ?? 0) + count
		},
		count(outcome) {
			if (outcome.kind === 'discarded') increase(counts.discarded, outcome.reason)
			else if (outcome.kind === 'rejected') {
				increase(counts.rejected, outcome.reason)
				refusal = outcome.issues ? 'not-mapped' : OF_KEYS.has(outcome.reason) ? 'key' : 'rejected'
				counts.last_rejected = `${outcome.reason}: ${outcome.detail}`
				complain(`rejected (${outcome.reason}): ${outcome.detail}`)
				for (const { field, code } of outcome.issues ?? []) increase(counts.issues, `${field}:${code}`)
			} else {
				counts.readings++
				counts.last_reading = outcome.kind === 'framed' ? new Date(outcome.received).toISOString() : outcome.reading.received
				delete counts.silence
				delete counts.cause
				before = { bytes: counts.bytes ?? 0, frames: frames() }
				if (outcome.kind === 'reading') outcome.issues.forEach(issue)
			}
		},
		fault({ output, detail }) {
			increase(counts.issues, `output ${output}`)
			complain(`output ${output}: ${detail}`)
		},
		unframed,
		silent() {
			const { cause, silence } = causeOfSilence()
			Object.assign(counts, { cause, silence })
			return silence
		},
		publish,
		publishSoon() {
			if (timer) return
			publish()
			timer = setTimeout(() => {
				timer = undefined
				publish()
			}, PAUSE)
			timer.unref()
		},
		readings: () => counts.readings,
		message,
		close: () => clearTimeout(timer),
	}
}

/** Reasons that a wrong or missing key gives. */
const OF_KEYS = new Set(['nokey', 'key', 'tag'])

function nothingArrives({ kind, topic, host, port }: Transport): string {
	if (kind === 'mqtt') return `no message arrives on ${topic}: does the adapter publish to this broker, under this topic?`
	if (kind === 'tcp') return `nothing arrives from ${host}:${port}: does the bridge read the meter?`
	return 'nothing arrives: is the interface enabled by the operator, the cable in its port?'
}

function lineDoubt({ kind, baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1 }: Transport): string {
	if (kind !== 'serial') return 'another link layer, or wrong line settings at the bridge?'
	const settings = `${baudRate} Bd ${dataBits}${parity[0]?.toUpperCase()}${stopBits}`
	return `this looks like wrong line settings (now ${settings}), or another link layer; "cii2mqtt record --probe" finds them`
}

function increase(counts: Record<string, number>, key: string): void {
	counts[key] = (counts[key] ?? 0) + 1
}
