import type { Diagnostics as DiagnosticsMessage } from '../../schema/types/diagnostics.ts'
import { concat } from '../bytes/hex.ts'
import type { Log } from '../log/log.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'
import type { OutputFault } from '../output/running.ts'
import type { Framed, Outcome } from '../pipeline/pipeline.ts'
import { refusalText } from '../telegram/reasons.ts'
import { utcText } from '../telegram/time-text.ts'
import { visible } from '../text/visible.ts'
import type { Issue } from '../transform/expect.ts'
import type { Transport } from '../transport/port.ts'
import { causeOfSilence, type LastHeard } from './silence.ts'

export type DiagnosticsSettings = {
	meter: string
	/** Start of the process, ms since 1970. */
	session: number
	/** Names the profile, and says where telegrams come from. */
	source(): { profile: string; transport: Transport }
	/** Counts frames or messages so far. */
	frames(): number
	put(message: DiagnosticsMessage): void
	/** Says what bytes are that gave no frame, where they are known as something else. */
	foreign?(bytes: Uint8Array): string | undefined
	/** Returns the counts of the outputs that are asked for the meter, where there are some. */
	asked?(): DiagnosticsMessage['outputs']
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
const NO_NOISE: Uint8Array = new Uint8Array(0)
const NO_ISSUES: Issue[] = []
/** Reasons that a wrong or missing key gives. */
const OF_KEYS = new Set(['nokey', 'key', 'tag'])

/** Counts what arrives at one meter and what becomes of it; publishes the counts now and then, and logs each complaint once in a while. */
export class Diagnostics {
	readonly #settings: DiagnosticsSettings
	readonly #since: string
	#port = 'opening'
	#readings = 0
	#bytes = 0
	readonly #discarded: Record<string, number> = {}
	readonly #rejected: Record<string, number> = {}
	readonly #issues: Record<string, number> = {}
	#lastReading: string | undefined
	#lastRejected: string | undefined
	#silence: Pick<DiagnosticsMessage, 'cause' | 'silence'> | undefined
	readonly #last: LastHeard = { bytes: 0, frames: 0, refusal: 'not-mapped' }
	#noise = NO_NOISE
	/** The line has been silent once since it was opened: what comes now begins at its beginning. */
	#joined = false
	readonly #limit = new RateLimit(PAUSE, () => this.publishSoon(), BURST)

	constructor(settings: DiagnosticsSettings) {
		this.#settings = settings
		this.#since = new Date(settings.session).toISOString()
	}

	/** Counts the readings so far. */
	get readings(): number {
		return this.#readings
	}

	/** Takes the status of the port: `open`, or in words why not. */
	port(text: string): void {
		this.#port = visible(text, MAX_TEXT)
		this.#joined = false
		this.publishSoon()
	}

	/** Notes a silence of the line: telegrams that come now are whole. */
	pause(): void {
		this.#joined ||= this.#bytes > this.#last.bytes
	}

	/** Counts bytes that arrived. */
	bytes(count: number): void {
		this.#bytes += count
	}

	/** Counts what became of what arrived; complains of what was rejected or left out. */
	count(outcome: Outcome | Framed): void {
		if (outcome.kind === 'discarded') {
			increase(this.#discarded, outcome.reason)
			if (outcome.reason === 'duplicate') this.#last.refusal = 'duplicate'
			else if (this.#noise.length < MAX_NOISE) this.#noise = concat([this.#noise, outcome.bytes.subarray(0, MAX_NOISE)])
			return
		}
		const issues = outcome.kind === 'framed' ? NO_ISSUES : (outcome.issues ?? NO_ISSUES)
		for (const { field, code } of issues) increase(this.#issues, `${field}:${code}`)
		if (outcome.kind === 'rejected') {
			const { reason } = outcome
			increase(this.#rejected, reason)
			this.#last.refusal = outcome.issues ? 'not-mapped' : OF_KEYS.has(reason) ? 'key' : 'rejected'
			this.#lastRejected = visible(refusalText(outcome), MAX_TEXT)
			const isCut = !this.#joined && CUT.has(reason) && (this.#rejected[reason] ?? 0) <= MAX_PARTS
			if (!isCut) this.#complain(reason, `refused: ${this.#lastRejected}`)
			return
		}
		this.#readings++
		this.#lastReading = outcome.kind === 'framed' ? utcText(outcome.received) : outcome.reading.received
		this.#silence = undefined
		this.#joined = true
		this.#noise = NO_NOISE
		this.#last.bytes = this.#bytes
		this.#last.frames = this.#settings.frames()
		for (const { field, code, detail } of issues) {
			const what = code === 'mismatch' ? '' : `${field}${DOUBTS.has(code) ? '' : ` left out (${code})`}: `
			this.#complain(`${field}:${code}`, `${what}${detail}`)
		}
	}

	/** Counts a message that an output did not give, and complains of it. */
	fault({ output, detail }: OutputFault): void {
		increase(this.#issues, `output ${output}`)
		this.#complain(`output ${output}`, `output ${output}: ${detail}`)
	}

	/** Tells whether bytes arrive, and no frame among them, since the last reading. */
	unframed(): boolean {
		return this.#bytes !== this.#last.bytes && this.#settings.frames() === this.#last.frames
	}

	/** Notes that the meter is silent; returns why, in words. */
	silent(): string {
		const { cause, silence } = causeOfSilence(
			this.message(),
			this.#last,
			this.#settings.source().transport,
			this.#settings.foreign?.(this.#noise),
		)
		this.#silence = { cause, silence }
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
		const outputs = this.#settings.asked?.()
		return {
			schema: 'cii.diagnostics/1',
			meter: this.#settings.meter,
			profile: this.#settings.source().profile,
			frames: this.#settings.frames(),
			since: this.#since,
			port: this.#port,
			readings: this.#readings,
			bytes: this.#bytes,
			discarded: this.#discarded,
			rejected: this.#rejected,
			issues: this.#issues,
			...(this.#lastReading !== undefined && { last_reading: this.#lastReading }),
			...(outputs && { outputs }),
			...(this.#lastRejected !== undefined && { last_rejected: this.#lastRejected }),
			...this.#silence,
		}
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
