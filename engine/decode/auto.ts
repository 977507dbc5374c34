import { Held } from '../link/held.ts'
import { type Decoded, type Decoder, type DecoderSettings, decoder } from './decoder.ts'
import { detect } from './detect.ts'
import type { ApplicationName } from './registry.ts'

/** Bytes that are looked at before they are given up, and bytes without a telegram before what was detected is doubted. */
const MAX_HELD = 16 * 1024

/** A decoder that tells link layer and application from the bytes; an application that is stated stays. Nothing comes out before. */
export function autoDecoder(settings: Omit<DecoderSettings, 'link' | 'application'>, application: ApplicationName | undefined): Decoder {
	const held = new Held()
	let looked = 0
	let inner: Decoder | undefined
	let reason: string | undefined
	let framesBefore = 0
	let silent = 0

	/** `ended`: nothing more comes for now. */
	function look(ended: boolean): Decoded[] {
		looked = held.bytes.length
		const detected = detect([held.bytes], settings.keys)
		if (detected?.verdict === 'understood') {
			reason = detected.reason
			inner = decoder({ ...settings, link: detected.link, application: application ?? detected.application })
			silent = 0
			return inner.push(release())
		}
		if (!ended && held.bytes.length < MAX_HELD) return []
		// A known dialect that cannot be read is refused with the reason (no key, a damaged telegram); detection starts again with the next.
		if (detected?.verdict === 'recognized') {
			const once = decoder({ ...settings, link: detected.link, application: application ?? detected.application })
			const outcomes = [...once.push(release()), ...once.idle()]
			framesBefore += once.frames()
			return outcomes
		}
		return held.bytes.length < MAX_HELD ? [] : [{ kind: 'discarded', reason: 'unknown', bytes: release() }]
	}

	function release(): Uint8Array {
		looked = 0
		return held.cut(held.bytes.length)
	}

	function push(chunk: Uint8Array): Decoded[] {
		if (!inner) {
			held.append(chunk)
			// A look costs as much as there are bytes: again when they have doubled.
			return held.bytes.length >= Math.min(2 * looked, MAX_HELD) ? look(false) : []
		}
		const outcomes = inner.push(chunk)
		silent = outcomes.some((item) => 'telegram' in item) ? 0 : silent + chunk.length
		if (silent < MAX_HELD) return outcomes
		// What it holds is looked at once more, with what follows.
		held.append(inner.resume())
		framesBefore += inner.frames()
		inner = undefined
		return outcomes
	}

	return {
		push(chunk) {
			const outcomes: Decoded[] = []
			for (let at = 0; at < chunk.length; at += MAX_HELD / 4) outcomes.push(...push(chunk.subarray(at, at + MAX_HELD / 4)))
			return outcomes
		},
		idle: () => [...(inner || held.bytes.length === 0 ? [] : look(true)), ...(inner?.idle() ?? [])],
		resume: () => inner?.resume() ?? held.bytes,
		detected: () => reason,
		frames: () => framesBefore + (inner?.frames() ?? 0),
	}
}
