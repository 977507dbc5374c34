import { abandon, noTransfer, type Transfer } from './application/dlms/blocks.ts'
import type { Authentication } from './application/dlms/cipher.ts'
import { dlms } from './application/dlms/dlms.ts'
import { p1 } from './application/p1.ts'
import type { Explain, Note } from './bytes/cursor.ts'
import { concat } from './bytes/hex.ts'
import { hdlcNotes } from './link/hdlc.ts'
import type { Discarded, Frame, LinkEvent, LinkName } from './link/link.ts'
import { openLink } from './link/open.ts'
import { p1Notes } from './link/p1.ts'
import { applyRules, nameSequence, type RegisterRule } from './telegram/rules.ts'
import { type Keys, type Rejected, rejected, type Telegram } from './telegram/telegram.ts'

/** The decoder section of a profile, complete, with the meter's keys. */
export type DecoderSettings = {
	link: LinkName
	application: 'dlms' | 'p1'
	registers: Record<string, RegisterRule>
	sequence: Record<string, (string | null)[]>
	authentication: Authentication
	keys: Keys
	/** Takes down what the bytes mean. */
	explain?: Explain
}

/** What bytes became: a telegram or its rejection with the bytes of its frames, or bytes that were no frame. */
export type Decoded = { telegram: Telegram; bytes: Uint8Array } | (Rejected & { bytes: Uint8Array }) | Discarded

/** Bytes to telegrams: a link layer, the application on it, and what the profile says of registers. */
export type Decoder = {
	push(chunk: Uint8Array): Decoded[]
	/** Nothing came for a while: what is held is decided. */
	idle(): Decoded[]
	/** What a decoder of changed settings must be given first to go on where this one is. */
	resume(): Uint8Array
	/** Frames whose checksum was right, so far; without those of a transfer that goes on. */
	frames(): number
}

/** A decoder of telegrams whose profile is not known yet: as the bytes say, without scalers or names of its own. */
export function plainDecoder(link: LinkName, keys: Keys): Decoder {
	const application = link === 'p1' ? 'p1' : 'dlms'
	return decoder({ link, application, registers: {}, sequence: {}, authentication: 'optional', keys })
}

/** A decoder with these settings. It has state, but touches no clock and no port. */
export function decoder(settings: DecoderSettings): Decoder {
	const link = openLink(settings.link)
	const transfers = new Map<string, Transfer>()
	/** Frames of each sender's block transfer that has begun. */
	const pending = new Map<string, Uint8Array[]>()
	let frames = 0

	function decode(frame: Frame): Decoded[] {
		frames++
		settings.explain?.(`frame ${frames}`, frame.bytes).push(...notesOf(settings.link, frame.bytes))
		const before = pending.get(frame.source) ?? []
		pending.delete(frame.source)
		const outcomes = applied(frame)
		const transfer = transfers.get(frame.source)
		if (transfer && !transfer.broken) {
			// This frame belongs to what goes on; an outcome now is of a transfer that it broke off.
			pending.set(frame.source, outcomes.length > 0 ? [frame.bytes] : [...before, frame.bytes])
			return outcomes.map((outcome) => finished(outcome, concat(before), settings))
		}
		const bytes = concat([...before, frame.bytes])
		// Several telegrams of one frame: its bytes go with the first.
		const first = Math.max(
			0,
			outcomes.findIndex(({ kind }) => kind === 'telegram'),
		)
		return outcomes.map((outcome, place) => finished(outcome, place === first ? bytes : new Uint8Array(0), settings))
	}

	function applied(frame: Frame): (Telegram | Rejected)[] {
		if (frame.payload.length === 0) return [rejected('noise', 'a frame that carries nothing')]
		if (settings.application === 'p1') return [p1(frame.payload)]
		const result = dlms(frame.payload, transfers.get(frame.source) ?? noTransfer, settings)
		if (result.transfer === noTransfer) transfers.delete(frame.source)
		else transfers.set(frame.source, result.transfer)
		return result.outcomes
	}

	/** Bytes were lost: whatever waited for its next block waits in vain. */
	function interrupt(): Decoded[] {
		const lost = [...transfers].flatMap(([source, transfer]) => {
			const reason = abandon(transfer)
			return reason ? [{ ...reason, bytes: concat(pending.get(source) ?? []) }] : []
		})
		transfers.clear()
		pending.clear()
		return lost
	}

	const through = (events: LinkEvent[]) => events.flatMap((event) => (event.kind === 'frame' ? decode(event) : [...interrupt(), event]))

	return {
		push: (chunk) => through(link.push(chunk)),
		idle: () => [...through(link.idle()), ...interrupt()],
		resume: () => concat([...[...pending.values()].flat(), link.resume()]),
		frames: () => frames - [...pending.values()].flat().length,
	}
}

/** What the link layer's own bytes mean. */
function notesOf(link: LinkName, bytes: Uint8Array): Note[] {
	if (link === 'hdlc') return hdlcNotes(bytes)
	return link === 'p1' ? p1Notes(bytes) : []
}

function finished(outcome: Telegram | Rejected, bytes: Uint8Array, settings: DecoderSettings): Decoded {
	if (outcome.kind === 'rejected') return { ...outcome, bytes }
	const lengths = Object.keys(settings.sequence)
	const named = outcome.unnamed === undefined || lengths.length === 0 ? outcome : nameSequence(outcome, settings.sequence)
	if (named) return { telegram: applyRules(named, settings.registers), bytes }
	const known = `the profile's decoder.sequence names lists of ${lengths.join(', ')}`
	return { ...rejected('layout', `a list of ${outcome.unnamed} values without OBIS codes; ${known}`), bytes }
}
