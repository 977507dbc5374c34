import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import { concat } from '../bytes/hex.ts'
import type { Log } from '../log/log.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import type { OutputFault } from '../output/running.ts'
import type { Framed, Outcome } from '../pipeline/pipeline.ts'
import { refusalText } from '../telegram/reasons.ts'
import { visible } from '../text/visible.ts'
import type { Transport } from '../transport/port.ts'
import { causeOfSilence, type LastHeard } from './silence.ts'

export type DiagnosticsSettings = {
	meter: string
	/** Start of the process, ms since 1970. */
	session: number
	/** Names the profile, counts frames or messages so far, and says where they come from. */
	source(): { profile: string; frames: number; transport: Transport }
	put(message: DiagnosticsMessage): void
	/** Says what bytes are that gave no frame, where they are known as something else. */
	foreign?(bytes: Uint8Array): string | undefined
	log: Log
}

/** Milliseconds between two diagnostics messages of a meter, after the first ones. */
const [PAUSE, BURST] = [5000, 2]
/** Characters of a cause, as it is published. */
const MAX_TEXT = 500
/** Kinds that are counted one by one. */
const MAX_KINDS = 300
/** Bytes without a frame that are kept, to say what they are. */
const MAX_NOISE = 8192
/** Reasons that a start in the middle of a telegram gives, and how many parts of it there may be. */
const [CUT, MAX_PARTS] = [new Set(['blocks', 'incomplete']), 20]
/** Issues with a value that is published all the same. */
const DOUBTS = new Set(['clock', 'restarted', 'scale'])
/** Reasons that a wrong or missing key gives. */
const OF_KEYS = new Set(['nokey', 'key', 'tag'])

/** Counts what arrives at one meter and what becomes of it; publishes the counts now and then, and logs each complaint once in a while. */
export class Diagnostics {
	readonly #settings: DiagnosticsSettings
	readonly #counts: Omit<DiagnosticsMessage, 'schema' | 'meter' | 'profile' | 'frames'> & { bytes: number }
	#last: LastHeard = { bytes: 0, frames: 0, refusal: 'not-mapped' }
	#noise: Uint8Array = new Uint8Array(0)
	/** The line has been silent once since it was opened: what comes now begins at its beginning. */
	#joined = false
	readonly #limit = new RateLimit(PAUSE, () => this.publishSoon(), BURST)

	constructor(settings: DiagnosticsSettings) {
		this.#settings = settings
		const since = new Date(settings.session).toISOString()
		this.#counts = { since, port: 'opening', readings: 0, bytes: 0, discarded: {}, rejected: {}, issues: {} }
	}

	/** Takes the status of the port: `open`, or in words why not. */
	port(text: string): void {
		this.#counts.port = visible(text, MAX_TEXT)
		this.#joined = false
		this.publishSoon()
	}

	/** Notes a silence of the line: telegrams that come now are whole. */
	pause(): void {
		this.#joined ||= this.#counts.bytes > this.#last.bytes
	}

	/** Counts bytes that arrived. */
	bytes(count: number): void {
		this.#counts.bytes += count
	}

	/** Counts what became of what arrived; complains of what was rejected or left out. */
	count(outcome: Outcome | Framed): void {
		const counts = this.#counts
		if (outcome.kind === 'discarded') {
			increase(counts.discarded, outcome.reason)
			if (outcome.reason === 'duplicate') this.#last.refusal = 'duplicate'
			else if (this.#noise.length < MAX_NOISE) this.#noise = concat([this.#noise, outcome.bytes.subarray(0, MAX_NOISE)])
			return
		}
		const issues = outcome.kind === 'framed' ? [] : (outcome.issues ?? [])
		for (const { field, code } of issues) increase(counts.issues, `${field}:${code}`)
		if (outcome.kind === 'rejected') {
			const { reason } = outcome
			increase(counts.rejected, reason)
			this.#last.refusal = outcome.issues ? 'not-mapped' : OF_KEYS.has(reason) ? 'key' : 'rejected'
			counts.last_rejected = visible(refusalText(outcome), MAX_TEXT)
			const isCut = !this.#joined && CUT.has(reason) && (counts.rejected[reason] ?? 0) <= MAX_PARTS
			if (!isCut) this.#complain(reason, `refused: ${counts.last_rejected}`)
			return
		}
		counts.readings++
		counts.last_reading = outcome.kind === 'framed' ? new Date(outcome.received).toISOString() : outcome.reading.received
		delete counts.silence
		delete counts.cause
		this.#joined = true
		this.#noise = new Uint8Array(0)
		Object.assign(this.#last, { bytes: counts.bytes, frames: this.#settings.source().frames })
		for (const { field, code, detail } of issues) {
			const what = code === 'mismatch' ? '' : `${field}${DOUBTS.has(code) ? '' : ` left out (${code})`}: `
			this.#complain(`${field}:${code}`, `${what}${detail}`)
		}
	}

	/** Counts a message that an output did not give, and complains of it. */
	fault({ output, detail }: OutputFault): void {
		increase(this.#counts.issues, `output ${output}`)
		this.#complain(`output ${output}`, `output ${output}: ${detail}`)
	}

	/** Tells whether bytes arrive, and no frame among them, since the last reading. */
	unframed(): boolean {
		return this.#counts.bytes !== this.#last.bytes && this.#settings.source().frames === this.#last.frames
	}

	/** Notes that the meter is silent; returns why, in words. */
	silent(): string {
		const { cause, silence } = causeOfSilence(
			this.message(),
			this.#last,
			this.#settings.source().transport,
			this.#settings.foreign?.(this.#noise),
		)
		Object.assign(this.#counts, { cause, silence })
		return silence
	}

	/** Publishes at once. */
	publish(): void {
		this.#settings.put(this.message())
	}

	/** Publishes at once, or, after others, at the end of a pause. */
	publishSoon(): void {
		if (this.#limit.may()) this.publish()
	}

	/** Returns all of it, as it is published. */
	message(): DiagnosticsMessage {
		const { profile, frames } = this.#settings.source()
		return { schema: 'cii.diagnostics/1', meter: this.#settings.meter, profile, frames, ...this.#counts }
	}

	/** Publishes what is not published yet. */
	close(): void {
		if (this.#limit.stop()) this.publish()
	}

	#complain(cause: string, text: string): void {
		this.#settings.log.warn({ cause }, text)
	}
}

/** Counts one more; what would be one more kind than a message may have is counted as `other`. */
function increase(counts: Record<string, number>, key: string): void {
	const kind = Object.hasOwn(counts, key) || Object.keys(counts).length < MAX_KINDS ? key : 'other'
	counts[kind] = (counts[kind] ?? 0) + 1
}
