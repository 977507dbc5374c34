import { concat, equal } from '../bytes/hex.ts'
import { Held } from './held.ts'
import { type Discarded, type Frame, isDamage, type Link, type LinkEvent } from './link.ts'

/** A step of a link layer at the start of the buffer. */
export type Step =
	/** The first `take` bytes are a unit. `more`: a segment, another follows; `first`: it cannot be a continuation; `index`: its number mod 16. */
	| Unit
	| Refusal
	/** It cannot be told yet; never the answer when `ended`. */
	| 'wait'

/**
 * The first `drop` bytes are no frame. `delimited`: they end with a delimiter that may open the next. `end`: where what was refused ends, if it was looked
 * through and another may begin within it.
 */
export type Refusal = { drop: number; reason: Discarded['reason']; delimited?: boolean; end?: number }

type Unit = { take: number; payload: Uint8Array; source?: string; more?: boolean; first?: boolean; index?: number }

/**
 * Looks at the start of the buffer. `ended`: nothing more comes for now; `delimited`: the byte before was a delimiter, which two frames may share;
 * `looked`: how many of these bytes it had when it answered `wait`, 0 for new ones. To look at all again for each byte takes the square of their number.
 */
export type Scan = (buffer: Uint8Array, ended: boolean, delimited: boolean, looked: number) => Step

const NOTHING: Uint8Array = new Uint8Array(0)

/** No source may hold more: an HDLC frame has at most 2,049 bytes, the longest P1 telegram of the corpus 1,423. */
const MAX_HELD = 16 * 1024
const SLICE = 4 * 1024

/**
 * Beginnings that are tried within a frame that was refused. Damage leaves one or two; a stranger can nest as many as there are bytes, each of which
 * would be looked at to the same end.
 */
const MANY_WITHIN = 16

/** Bytes of other senders' frames between two segments, before the rest is no longer waited for. */
const MAX_FOREIGN = 4 * 1024

/**
 * Makes a link decoder of a pure `scan`: buffering, resynchronisation, joining of segments and the account of every byte
 * are the same for all link layers. Between two segments may lie frames of others and bytes that are too few for a lost segment.
 */
export function framer(scan: Scan): Link {
	return new Framer(scan)
}

/** Bytes of one gap, in parts: they are joined once, at its end. */
type Gap = { reason: Discarded['reason']; parts: Uint8Array[] }

class Framer implements Link {
	readonly #scan: Scan
	readonly #held = new Held()
	/** How many of the held bytes were looked at, and left all open. */
	#looked = 0
	/** Bytes up to the end of what was refused last, and how many beginnings within it were refused too. */
	#within = 0
	#refused = 0
	#segments: Frame[] = []
	/** Bytes of the segments. */
	#size = 0
	/** Whether the segments are numbered. */
	#numbered = false
	/** Bytes since the last segment that are no frame, and bytes of frames that are not of it. */
	#lost = 0
	#foreign = 0
	/** The byte before the buffer was a delimiter, which two frames may share. */
	#delimited = false
	#delimiter = -1
	/** What came out of the bytes at hand. */
	#events: LinkEvent[] = []
	#gap: Gap | undefined

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
		this.#held.append(slice)
		this.#scanAll(false)
		return this.#given()
	}

	idle(): LinkEvent[] {
		this.#scanAll(true)
		this.#abandon()
		this.#delimited = false
		return this.#given()
	}

	held(): Uint8Array {
		return concat([...this.#segments.map((segment) => segment.bytes), this.#held.bytes])
	}

	resume(): Uint8Array {
		const opening = this.#delimited && this.#segments.length === 0 && this.#delimiter >= 0
		return concat([opening ? Uint8Array.of(this.#delimiter) : NOTHING, this.held()])
	}

	#scanAll(ended: boolean): void {
		while (this.#held.bytes.length > 0) {
			const buffer = this.#held.bytes
			const full = buffer.length >= MAX_HELD
			const step = this.#scan(buffer, ended || full, this.#delimited, this.#looked)
			this.#looked = step === 'wait' ? buffer.length : 0
			if (step === 'wait') break
			if ('drop' in step) {
				// A frame that is too long is given up whole: looking for another beginning at each of its bytes takes the square of their number.
				const cut = full && !ended
				const bytes = this.#shift(cut ? buffer.length : this.#dropped(step))
				this.#lost += cut || isDamage(step.reason, bytes.length) ? MAX_HELD : bytes.length
				if (!this.#isWhole()) this.#abandon()
				this.#discard(cut ? 'limit' : step.reason, bytes)
				this.#delimited = step.delimited === true
			} else this.#frame(step)
		}
	}

	/** How many bytes are given up with a beginning that is refused: all to its end, when too many within another were refused. */
	#dropped({ drop, end = drop }: Refusal): number {
		if (end <= drop) return drop
		this.#refused = this.#within > 0 ? this.#refused + 1 : 1
		this.#within = Math.max(this.#within, end)
		return this.#refused > MANY_WITHIN ? end : drop
	}

	/** Adds a unit: a frame of its own, or a segment of one. */
	#frame({ take, payload, source = '', more, first, index }: Unit): void {
		const frame: Frame = { kind: 'frame', bytes: this.#shift(take), payload, source }
		this.#delimited = true
		const begun = this.#segments[0]
		const numbered = index !== undefined
		if (begun && (payload.length === 0 || begun.source !== source || this.#numbered !== numbered) && !more) {
			this.#foreign += take
			if (!this.#isWhole()) this.#abandon()
			this.#give(frame)
			return
		}
		// An echo, or a frame that was sent twice.
		if (begun && equal(this.#segments.at(-1)?.bytes ?? NOTHING, frame.bytes)) {
			this.#discard('duplicate', frame.bytes)
			return
		}
		if (begun && (first || begun.source !== source || this.#numbered !== numbered)) this.#abandon()
		if (numbered && index !== this.#segments.length % 16) {
			this.#abandon('blocks')
			this.#open('blocks', [frame.bytes])
			return
		}
		if (this.#segments.length === 0 && !more && frame.bytes.length <= MAX_HELD) {
			this.#give(frame)
			return
		}
		this.#segments.push(frame)
		this.#size += take
		this.#numbered = numbered
		this.#lost = 0
		this.#foreign = 0
		if (this.#size > MAX_HELD) this.#abandon('limit')
		else if (!more) {
			const parts = this.#ended()
			const bytes = concat(parts.map((segment) => segment.bytes))
			this.#give({ kind: 'frame', bytes, payload: concat(parts.map((segment) => segment.payload)), source })
		}
	}

	/** Ends the unit of several segments, and gives them. */
	#ended(): Frame[] {
		const parts = this.#segments
		this.#segments = []
		this.#size = 0
		return parts
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
	#abandon(reason: Discarded['reason'] = 'incomplete'): void {
		if (this.#segments.length === 0) return
		const parts = this.#ended().map((segment) => segment.bytes)
		this.#open(reason, parts)
	}

	/** Discards bytes: noise belongs to the gap right before it, and so does what follows noise. */
	#discard(reason: Discarded['reason'], bytes: Uint8Array): void {
		const gap = this.#gap
		if (!gap || (gap.reason !== 'noise' && reason !== 'noise')) this.#open(reason, [bytes])
		else {
			gap.parts.push(bytes)
			if (gap.reason === 'noise') gap.reason = reason
		}
	}

	/** Begins a gap. */
	#open(reason: Discarded['reason'], parts: Uint8Array[]): void {
		this.#close()
		this.#gap = { reason, parts }
	}

	#close(): void {
		if (this.#gap) this.#events.push({ kind: 'discarded', reason: this.#gap.reason, bytes: concat(this.#gap.parts) })
		this.#gap = undefined
	}

	#give(frame: Frame): void {
		this.#close()
		this.#events.push(frame)
	}

	/** Gives all that came out. */
	#given(): LinkEvent[] {
		this.#close()
		const events = this.#events
		this.#events = []
		return events
	}

	/** Takes bytes from those held. */
	#shift(count: number): Uint8Array {
		const bytes = this.#held.cut(count)
		this.#delimiter = bytes[count - 1] ?? -1
		this.#within = Math.max(0, this.#within - count)
		return bytes
	}
}
