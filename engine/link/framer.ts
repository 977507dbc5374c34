import { concat, equal } from '../bytes/hex.ts'
import { type Discarded, type Frame, isDamage, type Link, type LinkEvent } from './link.ts'

/** A step of a link layer at the start of the buffer. */
export type Step =
	/** The first `take` bytes are a unit. `more`: a segment, another follows; `first`: it cannot be a continuation; `index`: its number mod 16. */
	| Unit
	/** The first `drop` bytes are no frame. `delimited`: they end with a delimiter that may open the next. */
	| { drop: number; reason: Discarded['reason']; delimited?: boolean }
	/** It cannot be told yet; never the answer when `ended`. */
	| 'wait'

type Unit = { take: number; payload: Uint8Array; source?: string; more?: boolean; first?: boolean; index?: number }

/** Looks at the start of the buffer. `ended`: nothing more comes for now; `delimited`: the byte before was a delimiter, which two frames may share. */
export type Scan = (buffer: Uint8Array, ended: boolean, delimited: boolean) => Step

const NOTHING: Uint8Array = new Uint8Array(0)

/** No source may hold more: an HDLC frame has at most 2,049 bytes, the longest P1 telegram of the corpus 1,423. */
const MAX_HELD = 16 * 1024
const SLICE = 4 * 1024

/** Bytes of other senders' frames between two segments, before the rest is no longer waited for. */
const MAX_FOREIGN = 4 * 1024

/**
 * Makes a link decoder of a pure `scan`: buffering, resynchronisation, joining of segments and the account of every byte
 * are the same for all link layers. Between two segments may lie frames of others and bytes that are too few for a lost segment.
 */
export function framer(scan: Scan): Link {
	return new Framer(scan)
}

class Framer implements Link {
	readonly #scan: Scan
	#buffer: Uint8Array = NOTHING
	#segments: Frame[] = []
	/** Whether the segments are numbered. */
	#numbered = false
	/** Bytes since the last segment that are no frame, and bytes of frames that are not of it. */
	#lost = 0
	#foreign = 0
	/** The byte before the buffer was a delimiter, which two frames may share. */
	#delimited = false
	#delimiter = -1

	constructor(scan: Scan) {
		this.#scan = scan
	}

	push(chunk: Uint8Array): LinkEvent[] {
		if (chunk.length <= SLICE) return this.#take(chunk)
		const events: LinkEvent[] = []
		// In slices, so that a chunk of megabytes is bounded as bytes from a line are.
		for (let at = 0; at < chunk.length; at += SLICE) events.push(...this.#take(chunk.subarray(at, at + SLICE)))
		return events
	}

	#take(slice: Uint8Array): LinkEvent[] {
		this.#buffer = this.#buffer.length === 0 ? slice : concat([this.#buffer, slice])
		return this.#run(false)
	}

	idle(): LinkEvent[] {
		const events = this.#run(true)
		this.#abandon(events)
		this.#delimited = false
		return events
	}

	held(): Uint8Array {
		return concat([...this.#segments.map((segment) => segment.bytes), this.#buffer])
	}

	resume(): Uint8Array {
		const opening = this.#delimited && this.#segments.length === 0 && this.#delimiter >= 0
		return concat([opening ? Uint8Array.of(this.#delimiter) : NOTHING, this.held()])
	}

	#run(ended: boolean): LinkEvent[] {
		const events: LinkEvent[] = []
		while (this.#buffer.length > 0) {
			const full = this.#buffer.length >= MAX_HELD
			const step = this.#scan(this.#buffer, ended || full, this.#delimited)
			if (step === 'wait') break
			if ('drop' in step) {
				// A frame that is too long is given up whole: looking for another beginning at each of its bytes takes the square of their number.
				const cut = full && !ended
				const bytes = this.#shift(cut ? this.#buffer.length : step.drop)
				this.#lost += cut || isDamage(step.reason, bytes.length) ? MAX_HELD : bytes.length
				if (!this.#isWhole()) this.#abandon(events)
				discard(events, { kind: 'discarded', reason: cut ? 'limit' : step.reason, bytes })
				this.#delimited = step.delimited === true
			} else this.#frame(step, events)
		}
		return events
	}

	/** Adds a unit: a frame of its own, or a segment of one. */
	#frame({ take, payload, source = '', more, first, index }: Unit, events: LinkEvent[]): void {
		const frame: Frame = { kind: 'frame', bytes: this.#shift(take), payload, source }
		this.#delimited = true
		const begun = this.#segments[0]
		const numbered = index !== undefined
		if (begun && (payload.length === 0 || begun.source !== source || this.#numbered !== numbered) && !more) {
			this.#foreign += take
			if (!this.#isWhole()) this.#abandon(events)
			events.push(frame)
			return
		}
		// An echo, or a frame that was sent twice.
		if (begun && equal(this.#segments.at(-1)?.bytes ?? NOTHING, frame.bytes)) {
			discard(events, { kind: 'discarded', reason: 'duplicate', bytes: frame.bytes })
			return
		}
		if (begun && (first || begun.source !== source || this.#numbered !== numbered)) this.#abandon(events)
		if (numbered && index !== this.#segments.length % 16) {
			this.#abandon(events, 'blocks')
			events.push({ kind: 'discarded', reason: 'blocks', bytes: frame.bytes })
			return
		}
		if (this.#segments.length === 0 && !more && frame.bytes.length <= MAX_HELD) {
			events.push(frame)
			return
		}
		this.#segments.push(frame)
		this.#numbered = numbered
		this.#lost = 0
		this.#foreign = 0
		const bytes = concat(this.#segments.map((segment) => segment.bytes))
		if (bytes.length > MAX_HELD) this.#abandon(events, 'limit')
		else if (!more) {
			events.push({ kind: 'frame', bytes, payload: concat(this.#segments.map((segment) => segment.payload)), source })
			this.#segments = []
		}
	}

	/**
	 * Whether what lies behind the last segment is too short for a lost one. Segments are as long as the first; only the last is shorter, and
	 * what follows that begins a new unit. Where numbers do not show a loss, half of its bytes may have been lost besides.
	 */
	#isWhole(): boolean {
		const size = this.#segments[0]?.bytes.length ?? 0
		return this.#lost < (this.#numbered ? size : size / 2) && this.#foreign < MAX_FOREIGN
	}

	/** Gives up segments whose rest never came. */
	#abandon(events: LinkEvent[], reason: Discarded['reason'] = 'incomplete'): void {
		if (this.#segments.length === 0) return
		events.push({ kind: 'discarded', reason, bytes: concat(this.#segments.map((segment) => segment.bytes)) })
		this.#segments = []
	}

	/** Takes bytes from the buffer. Mostly a chunk is a frame, and no view of it has to be made. */
	#shift(count: number): Uint8Array {
		const whole = count === this.#buffer.length
		const bytes = whole ? this.#buffer : this.#buffer.subarray(0, count)
		this.#delimiter = this.#buffer[count - 1] ?? -1
		this.#buffer = whole ? NOTHING : this.#buffer.subarray(count)
		return bytes
	}
}

/** Appends, joining noise to the discarded bytes right before it: one event for one gap. */
function discard(events: LinkEvent[], next: Discarded): void {
	const last = events.at(-1)
	if (last?.kind === 'discarded' && (last.reason === 'noise' || next.reason === 'noise')) {
		const reason = last.reason === 'noise' ? next.reason : last.reason
		events[events.length - 1] = { kind: 'discarded', reason, bytes: concat([last.bytes, next.bytes]) }
	} else events.push(next)
}
