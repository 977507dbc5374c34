import { concat } from '../bytes/hex.ts'
import type { Discarded, Frame, Link, LinkEvent } from './link.ts'

/** What a link layer sees at the start of the buffer. */
export type Step =
	/** The first `take` bytes are a unit. `more`: a segment, another follows; `first`: it cannot be a continuation; `index`: its number mod 16. */
	| { take: number; payload: Uint8Array; source?: string; more?: boolean; first?: boolean; index?: number }
	/** The first `drop` bytes are no frame. `delimited`: they end with a delimiter that may open the next. */
	| { drop: number; reason: Discarded['reason']; delimited?: boolean }
	/** It cannot be told yet; never the answer when `ended`. */
	| 'wait'

export type Scan = (buffer: Uint8Array, state: { ended: boolean; delimited: boolean }) => Step

const NOTHING: Uint8Array = new Uint8Array(0)

/** No source may hold more: an HDLC frame has at most 2,049 bytes, the longest P1 telegram of the corpus 1,423. */
const MAX_HELD = 16 * 1024
const SLICE = 4 * 1024

/**
 * Makes a link decoder of a pure `scan`: buffering, resynchronisation, joining of segments and the account of every byte
 * are the same for all link layers. Segments are joined only if they follow each other without a byte between.
 */
export function framer(scan: Scan): Link {
	let buffer: Uint8Array = NOTHING
	let segments: Frame[] = []
	/** The byte before the buffer was a delimiter, which two frames may share. */
	let delimited = false
	let delimiter = -1
	/** What `scan` is told. */
	const state = { ended: false, delimited: false }

	function run(ended: boolean): LinkEvent[] {
		const events: LinkEvent[] = []
		while (buffer.length > 0) {
			const full = buffer.length >= MAX_HELD
			state.ended = ended || full
			state.delimited = delimited
			const step = scan(buffer, state)
			if (step === 'wait') break
			if ('drop' in step) {
				events.push(...abandon(segments))
				segments = []
				// What is too long is given up whole: looking for another beginning at each of its bytes takes the square of their number.
				const cut = full && !ended
				discard(events, { kind: 'discarded', reason: cut ? 'limit' : step.reason, bytes: shift(cut ? buffer.length : step.drop) })
				delimited = step.delimited === true
				continue
			}
			const frame: Frame = { kind: 'frame', bytes: shift(step.take), payload: step.payload, source: step.source ?? '' }
			delimited = true
			if (segments.length > 0 && (step.first || segments[0]?.source !== frame.source)) {
				events.push(...abandon(segments))
				segments = []
			}
			if (step.index !== undefined && step.index !== segments.length % 16) {
				events.push(...abandon(segments, 'blocks'), { kind: 'discarded', reason: 'blocks', bytes: frame.bytes })
				segments = []
				continue
			}
			if (segments.length === 0 && !step.more && frame.bytes.length <= MAX_HELD) {
				events.push(frame)
				continue
			}
			segments.push(frame)
			if (segments.reduce((sum, part) => sum + part.bytes.length, 0) > MAX_HELD) {
				events.push(...abandon(segments, 'limit'))
				segments = []
			} else if (!step.more) {
				events.push(joined(segments))
				segments = []
			}
		}
		if (ended) {
			events.push(...abandon(segments))
			segments = []
			delimited = false
		}
		return events
	}

	function shift(count: number): Uint8Array {
		// Mostly a chunk is a frame; each view takes V8 as long as a short one's checksum.
		const whole = count === buffer.length
		const bytes = whole ? buffer : buffer.subarray(0, count)
		delimiter = buffer[count - 1] ?? -1
		buffer = whole ? NOTHING : buffer.subarray(count)
		return bytes
	}

	function take(slice: Uint8Array): LinkEvent[] {
		buffer = buffer.length === 0 ? slice : concat([buffer, slice])
		return run(false)
	}

	return {
		push(chunk) {
			// In slices, so that a chunk of megabytes is bounded as bytes from a line are.
			if (chunk.length <= SLICE) return take(chunk)
			const events: LinkEvent[] = []
			for (let at = 0; at < chunk.length; at += SLICE) events.push(...take(chunk.subarray(at, at + SLICE)))
			return events
		},
		idle: () => run(true),
		resume: () =>
			concat([
				...segments.map((segment) => segment.bytes),
				delimited && segments.length === 0 && delimiter >= 0 ? Uint8Array.of(delimiter) : new Uint8Array(0),
				buffer,
			]),
		held: () => concat([...segments.map((segment) => segment.bytes), buffer]),
	}
}

function joined(segments: Frame[]): Frame {
	const [only] = segments
	if (only && segments.length === 1) return only
	const bytes = concat(segments.map((segment) => segment.bytes))
	return { kind: 'frame', bytes, payload: concat(segments.map((segment) => segment.payload)), source: only?.source ?? '' }
}

/** Segments whose rest never came. */
function abandon(segments: Frame[], reason: Discarded['reason'] = 'incomplete'): Discarded[] {
	return segments.length === 0 ? [] : [{ kind: 'discarded', reason, bytes: concat(segments.map((segment) => segment.bytes)) }]
}

/** Appends, joining noise to the discarded bytes right before it: one event for one gap. */
function discard(events: LinkEvent[], next: Discarded): void {
	const last = events.at(-1)
	if (last?.kind === 'discarded' && (last.reason === 'noise' || next.reason === 'noise')) {
		const reason = last.reason === 'noise' ? next.reason : last.reason
		events[events.length - 1] = { kind: 'discarded', reason, bytes: concat([last.bytes, next.bytes]) }
	} else events.push(next)
}
