import { berLength, type Cursor, cursor, type Explain, left, note, peek, take, uint } from '../../bytes/cursor.ts'
import { type Clock, cosemClock } from '../../telegram/clock.ts'
import { COSEM_IDS, idOf } from '../../telegram/identity.ts'
import { type Keys, type Rejected, rejected, type Telegram, type Value } from '../../telegram/telegram.ts'
import { axdr, isRejected } from './axdr.ts'
import { collect, type Transfer } from './blocks.ts'
import { type Body, body } from './body.ts'
import { type Authentication, open } from './cipher.ts'
import { untagged } from './untagged.ts'

export type DlmsSettings = { keys: Keys; authentication: Authentication; explain?: Explain }

/** What a frame's payload said, and the block transfer that goes on after it. */
export type DlmsResult = { outcomes: (Telegram | Rejected)[]; transfer: Transfer }

const [DATA_NOTIFICATION, GENERAL_GLO_CIPHERING, BLOCK_TRANSFER] = [0x0f, 0xdb, 0xe0]

// (E6 E7 00)? | 0F long-invoke-id u32, date-time, body
//             | DB ciphered APDU
//             | E0 block of one of these                          (DLMS Green Book, xDLMS APDUs)
/**
 * Reads the payload of one frame: one or several units, each with or without its LLC header. `transfer` is the block transfer
 * that earlier frames of the same sender began. Every byte must be used: what is left over rejects the unit (`layout`).
 */
export function dlms(payload: Uint8Array, transfer: Transfer, settings: DlmsSettings): DlmsResult {
	const c = cursor(payload, 'what the frame carries', settings.explain)
	const outcomes: (Telegram | Rejected)[] = []
	let current = transfer
	while (left(c) > 0) {
		takeLlc(c)
		if (peek(c) === BLOCK_TRANSFER) {
			take(c, 1)
			note(c, c.at - 1, () => 'general-block-transfer')
			const collected = collect(current, c)
			current = collected.transfer
			if (collected.rejected) outcomes.push(collected.rejected)
			if (collected.apdu) outcomes.push(...apdus(cursor(collected.apdu, 'the APDU that the blocks carried', settings.explain), settings))
		} else outcomes.push(...apdus(c, settings))
	}
	return { outcomes, transfer: current }
}

/** E6 E7 00 from the meter, E6 E6 00 to it (IEC 62056-46, annex A). */
function isLlc(c: Cursor): boolean {
	return peek(c) === 0xe6 && (peek(c, 1) === 0xe7 || peek(c, 1) === 0xe6) && peek(c, 2) === 0x00
}

function takeLlc(c: Cursor): void {
	if (!isLlc(c)) return
	take(c, 3)
	note(c, c.at - 3, () => 'LLC header')
}

/** All APDUs from the cursor to its end. The first that is refused ends it: where the next begins is not known. */
function apdus(c: Cursor, settings: DlmsSettings): (Telegram | Rejected)[] {
	const outcomes: (Telegram | Rejected)[] = []
	do {
		takeLlc(c)
		const outcome = apdu(c, settings)
		outcomes.push(outcome)
		if (outcome.kind === 'rejected') c.at = c.bytes.length
	} while (left(c) > 0)
	return outcomes
}

function apdu(c: Cursor, settings: DlmsSettings): Telegram | Rejected {
	const tag = uint(c, 1)
	note(
		c,
		c.at - 1,
		() => ({ [DATA_NOTIFICATION]: 'data-notification', [GENERAL_GLO_CIPHERING]: 'general-glo-ciphering' })[tag] ?? 'an unknown APDU',
	)
	if (tag === DATA_NOTIFICATION)
		return settings.keys.authentication || settings.authentication === 'required' ? clear() : notification(c, 'none')
	if (tag !== GENERAL_GLO_CIPHERING)
		return rejected('unknown', `an APDU with tag ${tag.toString(16).toUpperCase().padStart(2, '0')} is no push`)
	const opened = open(c, settings.keys, settings.authentication)
	if (opened.kind === 'rejected') return opened
	const inner = cursor(opened.plaintext, 'what was ciphered', settings.explain)
	const telegram = uint(inner, 1) === DATA_NOTIFICATION ? notification(inner, opened.auth) : undefined
	if (telegram?.kind === 'telegram' && left(inner) === 0) {
		return { ...telegram, systemTitle: opened.systemTitle, invocationCounter: opened.invocationCounter }
	}
	if (opened.auth === 'unverified')
		return rejected('key', `decrypts to nothing that can be read: wrong key or damaged telegram (system title ${opened.systemTitle})`)
	return telegram?.kind === 'rejected' ? telegram : rejected('unknown', 'what was ciphered is no push')
}

const clear = () => rejected('tag', 'sent in clear, and an authentication key is configured or authentication required')

/** A data-notification behind its tag 0F: long-invoke-id-and-priority, date-time, body. */
function notification(c: Cursor, auth: Telegram['auth']): Telegram | Rejected {
	uint(c, 4)
	note(c, c.at - 4, () => 'long-invoke-id-and-priority')
	const from = c.at
	// Some send the date-time as a tagged octet-string: 09 0C instead of 0C (no-kaifa-ma304h3e-list2).
	if (peek(c) === 0x09 && peek(c, 1) === 0x0c) take(c, 1)
	const time = take(c, berLength(c))
	note(c, from, () => `date and time: ${cosemClock(time)?.local ?? 'none'}`)
	if (c.short || left(c) === 0) return rejected('length', 'the notification ends before its body')
	const content = bodyOf(c)
	if ('kind' in content) return content
	if (left(c) > 0 && !isLlc(c) && ![DATA_NOTIFICATION, GENERAL_GLO_CIPHERING].includes(peek(c))) {
		return rejected('layout', `${left(c)} bytes are left over behind the body`)
	}
	const { clock, ...values } = content
	return { kind: 'telegram', application: 'dlms', auth, ...values, ...identity(content), ...clockOf(clock, cosemClock(time)) }
}

function bodyOf(c: Cursor): Body | Rejected {
	const special = untagged(c.bytes.subarray(c.at))
	if (special) {
		c.at = c.bytes.length
		return special
	}
	const data = axdr(c)
	return isRejected(data) ? data : body(data)
}

function clockOf(meter: Clock | undefined, notified: Clock | undefined): Pick<Telegram, 'clock'> {
	if (meter) return { clock: { ...meter, source: 'meter' } }
	return notified ? { clock: { ...notified, source: 'telegram' } } : {}
}

/** A logical device name: the manufacturer's three letters and 13 digits (Blue Book, 4.1.8.2). */
const DEVICE_NAME = /^[A-Z]{3}\d{13}$/

function identity({ registers, sequence, unnamed }: Body): Pick<Telegram, 'meterId'> {
	const named = idOf(registers, COSEM_IDS)
	if (named !== undefined) return { meterId: named }
	const texts = sequence.filter((value: Value) => value.kind === 'text').map((value) => value.text)
	// Layout 4 ends with the meter's number, unlabelled (at-kaifa-netznoe-spec).
	const last = sequence.at(-1)
	const trailing = unnamed === undefined && last?.kind === 'text' && /^\d{6,}$/.test(last.text) ? last.text : undefined
	const meterId = trailing ?? texts.find((text) => DEVICE_NAME.test(text))
	return meterId === undefined ? {} : { meterId }
}
