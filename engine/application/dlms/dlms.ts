import { berLength, type Cursor, cursor, left, note, noted, pass, peek } from '../../bytes/cursor.ts'
import { type Budget, copied, isSpent } from '../../telegram/budget.ts'
import { type Clock, cosemClock, sourced } from '../../telegram/clock.ts'
import { COSEM_IDS, idOf } from '../../telegram/identity.ts'
import { type Rejected, rejected, type Telegram } from '../../telegram/telegram.ts'
import type { ApplicationSettings, Applied, Transfer } from '../application.ts'
import { mustBeSealed, open } from '../cipher.ts'
import { Nodes } from '../nodes.ts'
import { axdr } from './axdr.ts'
import { collect } from './blocks.ts'
import { type Body, body, partOf } from './body.ts'
import { untagged } from './untagged.ts'

const [DATA_NOTIFICATION, GENERAL_GLO_CIPHERING, BLOCK_TRANSFER] = [0x0f, 0xdb, 0xe0]

// (E6 E7 00)? | 0F long-invoke-id u32, date-time, body, or the body alone
//             | DB ciphered APDU
//             | E0 block of one of these                          (DLMS Green Book, xDLMS APDUs)
/**
 * Reads the payload of one frame: one or several units, each with or without its LLC header. `transfer` is the block transfer
 * that earlier frames of the same sender began. Every byte must be used: what is left over rejects the unit (`layout`).
 */
export function dlms(payload: Uint8Array, transfer: Transfer, settings: ApplicationSettings): Applied {
	const c = cursor(payload, 'what the frame carries', settings.explain)
	const outcomes: (Telegram | Rejected)[] = []
	let current = transfer
	while (left(c) > 0) {
		takeLlc(c)
		if (peek(c) === BLOCK_TRANSFER) {
			noted(c, 1, blockTransfer)
			const collected = collect(current, c)
			current = collected.transfer
			if (collected.rejected) outcomes.push(collected.rejected)
			if (collected.apdu) apdus(cursor(collected.apdu, 'the APDU that the blocks carried', settings.explain), settings, outcomes)
		} else apdus(c, settings, outcomes)
	}
	return { outcomes, transfer: current }
}

const llcHeader = () => 'LLC header'
const blockTransfer = () => 'general-block-transfer'
const invokeId = () => 'long-invoke-id-and-priority'
const apduName = (tag: number) => NAMES[tag] ?? 'an unknown APDU'
const pushName = (tag: number) => NAMES[tag] ?? 'no APDU that is known'

/** E6 E7 00 from the meter, E6 E6 00 to it (IEC 62056-46, annex A). */
function isLlc(c: Cursor): boolean {
	return peek(c) === 0xe6 && (peek(c, 1) === 0xe7 || peek(c, 1) === 0xe6) && peek(c, 2) === 0x00
}

function takeLlc(c: Cursor): void {
	if (isLlc(c)) noted(c, 3, llcHeader)
}

/** Adds all APDUs from the cursor to its end. The first that is refused ends it: where the next begins is not known. */
function apdus(c: Cursor, settings: ApplicationSettings, outcomes: (Telegram | Rejected)[]): void {
	do {
		takeLlc(c)
		// The refusal of another does not concern this one; what that took stays counted.
		if (settings.budget.refused) delete settings.budget.refused
		const outcome = apdu(c, settings)
		outcomes.push(outcome)
		if (outcome.kind === 'rejected') c.at = c.bytes.length
	} while (left(c) > 0)
}

function apdu(c: Cursor, settings: ApplicationSettings): Telegram | Rejected {
	const tag = noted(c, 1, apduName)
	if (isBodyTag(tag)) return mustBeSealed(settings) ?? push(c, tag, settings.budget)
	if (tag !== GENERAL_GLO_CIPHERING)
		return rejected('unknown', `an APDU with tag ${tag.toString(16).toUpperCase().padStart(2, '0')} is no push`)
	const opened = open(c, settings)
	if (opened.kind === 'rejected') return opened
	const plain = cursor(copied(settings.budget, opened.plaintext), 'what was ciphered', settings.explain)
	const inner = noted(plain, 1, pushName)
	let telegram = isBodyTag(inner) ? push(plain, inner, settings.budget) : NO_PUSH
	if (telegram.kind === 'telegram' && left(plain) > 0) telegram = NO_PUSH
	// Without a tag, a single value does not show that the key is right: random bytes look like one too often (test/faults, row 5).
	const shown =
		telegram.kind === 'telegram' &&
		(opened.auth === 'verified' ||
			telegram.registers.length > 0 ||
			(telegram.sequence.length > 1 && opened.plaintext[0] === DATA_NOTIFICATION))
	if (telegram.kind === 'telegram' && shown) {
		telegram.auth = opened.auth
		telegram.systemTitle = opened.systemTitle
		telegram.invocationCounter = opened.invocationCounter
		return telegram
	}
	// The telegrams before it in the frame used up the budget: this one's key may be right.
	if (telegram.kind === 'rejected' && isSpent(settings.budget)) return telegram
	if (opened.auth === 'unverified')
		return rejected('key', `decrypts to nothing that can be read: wrong key or damaged telegram (system title ${opened.systemTitle})`)
	return telegram.kind === 'rejected' ? telegram : NO_PUSH
}

const NO_PUSH = rejected('unknown', 'what was ciphered is no push')

const NAMES: Record<number, string> = {
	[DATA_NOTIFICATION]: 'data-notification',
	[GENERAL_GLO_CIPHERING]: 'general-glo-ciphering',
	1: 'a body without a header: array',
	2: 'a body without a header: structure',
}

/** A notification, or its body alone: an array or a structure. */
const isBodyTag = (tag: number) => tag === DATA_NOTIFICATION || tag === 0x01 || tag === 0x02

/** A push behind its first tag: 0F, long-invoke-id-and-priority, date-time, body; or the body alone. */
function push(c: Cursor, tag: number, budget: Budget): Telegram | Rejected {
	let notified: Clock | undefined
	if (tag === DATA_NOTIFICATION) {
		noted(c, 4, invokeId)
		const from = c.at
		// Some send the date-time as a tagged octet-string: 09 0C instead of 0C (no-kaifa-ma304h3e-list2).
		if (peek(c) === 0x09 && peek(c, 1) === 0x0c) pass(c, 1)
		const length = berLength(c)
		// Twelve octets or none (Green Book, 4.1.6.1): another length belongs to something else.
		if (length !== 12 && length !== 0) return rejected('layout', `a date and time of ${length} bytes; 12 or none are its`)
		const time = pass(c, length)
		if (length === 12) notified = cosemClock(c.bytes, time)
		if (c.notes) note(c, from, `date and time: ${notified?.local ?? 'none'}`)
	} else c.at--
	if (c.short || left(c) === 0) return rejected('length', 'the notification ends before its body')
	const content = wholeBody(c, budget)
	if ('kind' in content) return c.notes ? { ...content, read: readOf(c.bytes) } : content
	// Nothing but its own content shows that a body without a header is one.
	if (tag !== DATA_NOTIFICATION && (left(c) > 0 || !hasContent(content)))
		return rejected('unknown', 'neither a push nor the body of one: no code, and fewer than two values')
	const { registers, sequence, sent } = content
	const meterId = identity(content)
	const clock = content.clock ?? notified
	// Written out: V8 is slow to add to a copy.
	const telegram: Telegram = { kind: 'telegram', application: 'dlms', auth: 'none', registers, sequence }
	if (sent) telegram.sent = sent
	if (meterId !== undefined) telegram.meterId = meterId
	if (clock) telegram.clock = sourced(clock, content.clock ? 'meter' : 'telegram')
	return telegram
}

/** Codes, or several values of which one is a number. */
function hasContent({ registers, sequence }: Body): boolean {
	return registers.length > 0 || (sequence.length > 1 && sequence.some(({ kind }) => kind === 'number'))
}

/**
 * The body, to its end. Where it cannot be read, once more with codes whose tag and length are swapped (06 09 instead of 09 06, seen by the
 * authors of dlms_parser): only a body that then gives registers, to its last byte, counts.
 */
function wholeBody(c: Cursor, budget: Budget): Body | Rejected {
	const [from, notes] = [c.at, c.notes?.length ?? 0]
	const content = bodyOf(c, budget, false)
	if (!('kind' in content)) return content
	const [end, short, explained] = [c.at, c.short, c.notes?.splice(notes) ?? []]
	c.at = from
	c.short = false
	delete budget.refused
	const again = bodyOf(c, budget, true)
	if (!('kind' in again) && again.registers.length > 0 && left(c) === 0) return again
	c.at = end
	c.short = short
	c.notes?.splice(notes, c.notes.length, ...explained)
	return content
}

/** One for all: a body is read into it, and its registers out of it, before the next. */
const nodes = new Nodes()

/** What was read of a body before it was refused. */
const readOf = (bytes: Uint8Array): Telegram => ({ kind: 'telegram', application: 'dlms', auth: 'none', ...partOf({ nodes, bytes }) })

function bodyOf(c: Cursor, budget: Budget, swapped: boolean): Body | Rejected {
	const special = untagged(c.bytes, c.at, budget, nodes, c.notes)
	if (special) {
		c.at = c.bytes.length
		return special
	}
	nodes.clear(c.notes !== undefined)
	const content = axdr(c, budget, nodes, swapped) ?? body({ nodes, bytes: c.bytes })
	if ('kind' in content || left(c) === 0 || isLlc(c) || peek(c) === DATA_NOTIFICATION || peek(c) === GENERAL_GLO_CIPHERING) return content
	return rejected('layout', `${left(c)} bytes are left over behind the body`)
}

/** A logical device name: the manufacturer's three letters and 13 digits (Blue Book, 4.1.8.2). */
const DEVICE_NAME = /^[A-Z]{3}\d{13}$/

function identity({ registers, sequence, sent }: Body): string | undefined {
	const named = idOf(registers, COSEM_IDS)
	if (named !== undefined || sequence.length === 0) return named
	// Layout 4 ends with the meter's number, unlabelled (at-kaifa-netznoe-spec).
	const last = sequence.at(-1)
	if (!sent && last?.kind === 'text' && /^\d{6,}$/.test(last.text)) return last.text
	for (const value of sequence) if (value.kind === 'text' && DEVICE_NAME.test(value.text)) return value.text
	return undefined
}
