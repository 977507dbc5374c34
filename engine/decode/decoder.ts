import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import { type ApplicationSettings, abandon, noTransfer, type Transfer } from '../application/application.ts'
import { concat, fromHex } from '../bytes/hex.ts'
import type { Discarded, Frame, LinkEvent, LinkSettings } from '../link/link.ts'
import { newBudget } from '../telegram/budget.ts'
import { nameSequence, type RegisterRule, Rules } from '../telegram/rules.ts'
import { type Keys, type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { type ApplicationName, applications, type LinkName, links } from './registry.ts'

/** The decoder section of a profile, complete, with the meter's keys. */
export type DecoderSettings = Omit<ApplicationSettings, 'budget'> &
	LinkSettings & {
		link: LinkName
		application: ApplicationName
		registers: Record<string, RegisterRule>
		sequence: Record<string, (string | null)[]>
	}

/** What a profile's decoder section says beside link and application, with the meter's keys. */
export function decoderSettings(section: DecoderSection, keys: Keys): Omit<DecoderSettings, 'link' | 'application'> {
	const { registers = {}, sequence = {}, authentication = 'optional', authenticationData, systemTitle, blockCheck = 'required' } = section
	const published = authenticationData === undefined ? undefined : fromHex(authenticationData)
	const title = systemTitle === undefined ? undefined : fromHex(systemTitle)
	return {
		registers,
		sequence,
		authentication,
		blockCheck,
		keys: { ...(published && { authentication: published }), ...keys },
		...(title && { systemTitle: title }),
	}
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
	/** What link layer and application were told by, where the profile leaves that to the bytes. */
	detected?(): string | undefined
	/** Frames whose checksum was right, so far; without those of a transfer that goes on. */
	frames(): number
}

/** A link layer and the application on it. */
export type Protocol = { link: LinkName; application: ApplicationName }

/** A decoder of telegrams whose profile is not known yet: as the bytes say, without scalers or names of its own. */
export function plainDecoder({ link, application }: Protocol, keys: Keys): Decoder {
	return decoder({ link, application, ...decoderSettings({ blockCheck: 'optional' }, keys) })
}

const NONE: Uint8Array[] = []
const NOTHING = new Uint8Array(0)

/** A block transfer that has begun, and the bytes of its frames. */
type Sender = { transfer: Transfer; pending: Uint8Array[] }

/** An HDLC line has one meter; this many have never been on one. */
const MANY_SENDERS = 64

/** A decoder with these settings. It has state, but touches no clock and no port. */
export function decoder(settings: DecoderSettings): Decoder {
	const layer = links[settings.link]
	const link = layer.open(settings)
	const application = applications[settings.application]
	/** What each sender has begun. It stays when that has ended: a table that grows and shrinks with every telegram costs more than reading it. */
	const senders = new Map<string, Sender>()
	/** One for all frames, with a budget anew for each: a copy of it costs more than reading the frame. */
	const told: ApplicationSettings = {
		keys: settings.keys,
		authentication: settings.authentication,
		systemTitle: settings.systemTitle,
		explain: settings.explain,
		budget: newBudget(),
	}
	const rules = new Rules(settings.registers)
	let frames = 0

	function senderOf(frame: Frame): Sender {
		let sender = senders.get(frame.source)
		if (!sender) {
			// A line has few addresses; noise that looks like frames may have many. Those that have begun something stay.
			if (senders.size >= MANY_SENDERS) for (const [source, { transfer }] of senders) if (transfer === noTransfer) senders.delete(source)
			sender = { transfer: noTransfer, pending: NONE }
			senders.set(frame.source, sender)
		}
		return sender
	}

	/** Adds what became of a frame. */
	function decode(frame: Frame, all: Decoded[]): void {
		frames++
		settings.explain?.(`frame ${frames}`, frame.bytes).push(...layer.notes(frame.bytes))
		const sender = senderOf(frame)
		const before = sender.pending
		sender.pending = NONE
		const outcomes = applied(frame, sender)
		const { transfer } = sender
		if (transfer !== noTransfer && !transfer.broken) {
			// This frame belongs to what goes on; an outcome now is of a transfer that it broke off.
			sender.pending = outcomes.length > 0 || before === NONE ? [frame.bytes] : [...before, frame.bytes]
			for (const outcome of outcomes) all.push(finished(outcome, concat(before)))
			return
		}
		const bytes = before.length === 0 ? frame.bytes : concat([...before, frame.bytes])
		// Several telegrams of one frame: its bytes go with the first.
		const telegram = outcomes.length > 1 ? outcomes.findIndex(({ kind }) => kind === 'telegram') : 0
		for (let place = 0; place < outcomes.length; place++)
			all.push(finished(outcomes[place] as Telegram | Rejected, place === Math.max(0, telegram) ? bytes : NOTHING))
	}

	function finished(outcome: Telegram | Rejected, bytes: Uint8Array): Decoded {
		const whole = outcome.kind === 'rejected' ? outcome : completed(outcome, settings.sequence, rules)
		return whole.kind === 'rejected' ? { ...whole, bytes } : { telegram: whole, bytes }
	}

	function applied(frame: Frame, sender: Sender): (Telegram | Rejected)[] {
		if (frame.payload.length === 0) return [rejected('noise', 'a frame that carries nothing')]
		told.budget = newBudget()
		const result = application(frame.payload, sender.transfer, told)
		sender.transfer = result.transfer
		return result.outcomes
	}

	/** Bytes were lost: whatever waited for its next block waits in vain. */
	function interrupt(): Decoded[] {
		const lost: Decoded[] = []
		for (const { transfer, pending } of senders.values()) {
			const reason = abandon(transfer)
			if (reason) lost.push({ ...reason, bytes: concat(pending) })
		}
		senders.clear()
		return lost
	}

	const pending = () => [...senders.values()].flatMap((sender) => sender.pending)

	function through(events: LinkEvent[]): Decoded[] {
		const all: Decoded[] = []
		for (const event of events) {
			if (event.kind === 'frame') decode(event, all)
			else all.push(...interrupt(), event)
		}
		return all
	}

	return {
		push: (chunk) => through(link.push(chunk)),
		idle: () => [...through(link.idle()), ...interrupt()],
		resume: () => concat([...pending(), link.resume()]),
		frames: () => frames - pending().length,
	}
}

/** A telegram with what the profile says of its registers. */
function completed(telegram: Telegram, sequence: DecoderSettings['sequence'], rules: Rules): Telegram | Rejected {
	const lengths = telegram.unnamed === undefined ? [] : Object.keys(sequence)
	const named = lengths.length === 0 ? telegram : nameSequence(telegram, sequence)
	if (!named) {
		const known = `the profile's decoder.sequence names lists of ${lengths.join(', ')}`
		return rejected('layout', `a list of ${telegram.unnamed} values without OBIS codes; ${known}`)
	}
	rules.complete(named.registers)
	return named
}
