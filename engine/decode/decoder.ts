import type { Decoder as DecoderSection } from '../../schema/types/profile.ts'
import { type ApplicationSettings, noTransfer } from '../application/application.ts'
import type { Explain, Note } from '../bytes/cursor.ts'
import { concat, fromHex } from '../bytes/hex.ts'
import { type Discarded, type Frame, isDamage, type Link, type LinkEvent, type LinkSettings } from '../link/link.ts'
import { newBudget } from '../telegram/budget.ts'
import type { Register, Value } from '../telegram/register.ts'
import { type RegisterRule, type Rules, rulesOf } from '../telegram/rules.ts'
import { Sequences } from '../telegram/sequence.ts'
import { type Keys, type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { type ApplicationName, applications, type LinkName, links } from './registry.ts'
import { NONE, type Sender, Senders } from './senders.ts'

/** The decoder section of a profile, complete, with the meter's keys. */
export type DecoderSettings = Omit<ApplicationSettings, 'budget'> &
	LinkSettings & {
		link: LinkName
		application: ApplicationName
		registers: Record<string, RegisterRule>
		sequence: Record<string, (string | null)[]>
	}

/** One object: what is made of it is kept by it, once for all meters. */
const NO_REGISTERS: Record<string, RegisterRule> = Object.freeze({})

/** Reads a profile's decoder section, except link and application, with the meter's keys. */
export function decoderSettings(section: DecoderSection, keys: Keys): Omit<DecoderSettings, 'link' | 'application'> {
	const {
		registers = NO_REGISTERS,
		sequence = {},
		authentication = 'optional',
		authenticationData,
		systemTitle,
		blockCheck = 'required',
	} = section
	const published = authenticationData === undefined ? undefined : fromHex(authenticationData)
	const title = systemTitle === undefined ? undefined : fromHex(systemTitle)
	return {
		registers,
		sequence,
		authentication,
		blockCheck,
		keys: { ...(published && { authentication: published }), ...keys },
		published: published !== undefined && keys.authentication === undefined,
		...(title && { systemTitle: title }),
	}
}

/** The result of bytes: a telegram or its rejection with the bytes of its frames, or bytes that were no frame. */
export type Decoded = { telegram: Telegram; bytes: Uint8Array } | (Rejected & { bytes: Uint8Array }) | Discarded

/** Bytes to telegrams: a link layer, the application on it, and what the profile says of registers. */
export type Decoder = {
	push(chunk: Uint8Array): Decoded[]
	/** Nothing came for a while: what is held is decided. */
	idle(): Decoded[]
	/** Gives the bytes that a decoder with changed settings must take first to go on where this one is. */
	resume(): Uint8Array
	/** Says how link layer and application were detected, where the profile leaves that to the bytes. */
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

const NOTHING = new Uint8Array(0)
/** Stages whose notes a telegram may be in: its frame, what that carries, what was ciphered, the APDU of blocks. */
const MANY_NOTED = 8

/** Makes what notes that a value became a row. */
function teller(noted: readonly Note[][]): (value: Value, register: Register) => void {
	const all = new Map<unknown, unknown[]>()
	for (const notes of noted) for (const { of } of notes) for (const made of of ?? []) if (of) all.set(made, of)
	return (value, register) => all.get(value)?.push(register)
}

/** Makes a decoder with these settings. It has state, but touches no clock and no port. */
export function decoder(settings: DecoderSettings): Decoder {
	return new LayeredDecoder(settings)
}

class LayeredDecoder implements Decoder {
	readonly #settings: DecoderSettings
	readonly #link: Link
	readonly #sequences: Sequences
	readonly #rules: Rules
	/** The application's settings: one for all frames, with a new budget for each. */
	readonly #told: ApplicationSettings
	readonly #senders = new Senders()
	/** The transfer that goes on after the frame at hand. */
	#transfer = noTransfer
	#frames = 0
	/** The notes of what was read last, where somebody asked for them. */
	readonly #noted: Note[][] = []
	/** Bytes since the last frame that are none. */
	#lost = 0

	constructor(settings: DecoderSettings) {
		const { keys, authentication, published, systemTitle } = settings
		const explain = settings.explain && this.#explaining(settings.explain)
		this.#settings = { ...settings, explain }
		this.#link = links[settings.link].open(settings)
		this.#sequences = new Sequences(settings.sequence)
		this.#rules = rulesOf(settings.registers)
		this.#told = { keys, authentication, published, systemTitle, explain, budget: newBudget() }
	}

	push(chunk: Uint8Array): Decoded[] {
		return this.#through(this.#link.push(chunk))
	}

	idle(): Decoded[] {
		return [...this.#through(this.#link.idle()), ...this.#senders.interrupt(Number.POSITIVE_INFINITY)]
	}

	resume(): Uint8Array {
		return concat([...this.#senders.pending(), this.#link.resume()])
	}

	frames(): number {
		return this.#frames - this.#senders.frames
	}

	#through(events: LinkEvent[]): Decoded[] {
		const all: Decoded[] = []
		for (const event of events) {
			if (event.kind === 'frame') this.#decode(event, all)
			else {
				this.#lost += isDamage(event.reason, event.bytes.length) ? Number.POSITIVE_INFINITY : event.bytes.length
				// Where the numbers fit all the same, the block that was lost would be another push's, and at least its first block would have been lost: that is
				// as long as the first of this one.
				all.push(...this.#senders.interrupt(this.#lost), event)
			}
		}
		return all
	}

	/** Adds what became of a frame. */
	#decode(frame: Frame, all: Decoded[]): void {
		this.#frames++
		this.#lost = 0
		this.#settings.explain?.(`frame ${this.#frames}`, frame.bytes).push(...links[this.#settings.link].notes(frame.bytes))
		const sender = this.#senders.of(frame.source)
		const { transfer: begun, pending: before } = sender
		const outcomes = this.#applied(frame, sender)
		const transfer = this.#transfer
		sender.isProven ||= outcomes.some(({ kind }) => kind === 'telegram')
		if (transfer === begun && before !== NONE) {
			// It is no part of the transfer, which goes on behind it.
			for (const [place, outcome] of outcomes.entries()) all.push(this.#finished(outcome, place === 0 ? frame.bytes : NOTHING))
			return
		}
		const goesOn = transfer !== noTransfer && !transfer.broken
		// This frame belongs to what goes on; an outcome now is of a transfer that it broke off.
		const given = this.#senders.keep(sender, transfer, frame.bytes, goesOn && outcomes.length === 0)
		if (given.length > 0) all.push(...given)
		if (outcomes.length === 0) return
		const bytes = goesOn ? concat(before) : before.length === 0 ? frame.bytes : concat([...before, frame.bytes])
		// Several telegrams of one frame: its bytes go with the first.
		const telegram = outcomes.length > 1 ? outcomes.findIndex(({ kind }) => kind === 'telegram') : 0
		for (let place = 0; place < outcomes.length; place++)
			all.push(this.#finished(outcomes[place] as Telegram | Rejected, place === Math.max(0, telegram) ? bytes : NOTHING))
	}

	/** Keeps the last notes: what they are about is named, and completed, behind the application. */
	#explaining(explain: Explain): Explain {
		return (stage, bytes) => {
			const notes = explain(stage, bytes)
			this.#noted.push(notes)
			if (this.#noted.length > MANY_NOTED) this.#noted.shift()
			return notes
		}
	}

	#applied(frame: Frame, sender: Sender): (Telegram | Rejected)[] {
		this.#transfer = sender.transfer
		if (frame.payload.length === 0) return [rejected('noise', 'a frame that carries nothing')]
		this.#told.budget = newBudget()
		const { outcomes, transfer } = applications[this.#settings.application](frame.payload, sender.transfer, this.#told)
		this.#transfer = transfer
		return outcomes
	}

	#finished(outcome: Telegram | Rejected, bytes: Uint8Array): Decoded {
		const whole = outcome.kind === 'rejected' ? outcome : this.#completed(outcome)
		return whole.kind === 'rejected' ? { ...whole, bytes } : { telegram: whole, bytes }
	}

	/** A telegram with what the profile says of its registers. */
	#completed(telegram: Telegram): Telegram | Rejected {
		const tell = this.#settings.explain && teller(this.#noted)
		const named = this.#sequences.name(telegram, tell)
		if (named.kind === 'telegram') this.#rules.complete(named.registers)
		else if (tell) named.read = telegram
		return named
	}
}
