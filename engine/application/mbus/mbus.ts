import { type Cursor, cursor, left, noted, uint } from '../../bytes/cursor.ts'
import { hexByte } from '../../bytes/hex.ts'
import { mediumName } from '../../telegram/medium.ts'
import { type DataRecord, isOwn, type Rejected, rejected, type Telegram } from '../../telegram/telegram.ts'
import type { ApplicationSettings } from '../application.ts'
import { fixed } from './fixed.ts'
import { identification } from './identification.ts'
import type { Order } from './order.ts'
import { records } from './record.ts'
import { registersOf } from './registers.ts'

const [APPLICATION_ERROR, ALARM, LONG, FIXED, NO_HEADER, SHORT] = [0x70, 0x71, 0x72, 0x73, 0x78, 0x7a]
/** Of the CI fields 76 and 77: the structures of 72 and 73, the highest byte of each value first. */
const MODE_2 = 0x04

// CI 72 | identification BCD[4] | manufacturer u16 | version | medium | access number | status | configuration u16 | records
// CI 7A | access number | status | configuration u16 | records          CI 78 | records          CI 73: fixed structure
// CI 76, 77: as 72 and 73 in mode 2
/**
 * Reads the answer of a wired M-Bus meter (EN 13757-3), from its CI field on. Refuses (`error`) what reports an error of the application
 * instead of values, (`suite`) encrypted records, (`unknown`) other CI fields, what is addressed to the meter among them.
 */
export function mbus(payload: Uint8Array, { explain, budget }: ApplicationSettings): Telegram | Rejected {
	const c = cursor(payload, 'what the frame carries', explain)
	const ci = noted(c, 1, (sent) => `control information ${hexByte(sent)}`)
	if (ci === APPLICATION_ERROR || ci === ALARM) return problem(c, ci)
	const order = ci === (LONG | MODE_2) || ci === (FIXED | MODE_2) ? 'highest first' : 'lowest first'
	const structure = order === 'highest first' ? ci - MODE_2 : ci
	if (structure === FIXED) return fixed(c, budget, order)
	if (structure !== LONG && ci !== SHORT && ci !== NO_HEADER) {
		return rejected('unknown', `a frame with CI field ${hexByte(ci)} is no answer with values`)
	}
	const device = structure === LONG ? deviceOf(c, order) : undefined
	const state = ci === NO_HEADER ? { status: 0, configuration: 0 } : stateOf(c, order)
	if (c.short) return rejected('length', 'the header is cut short')
	if ('kind' in state) return state
	// Mode in bits 8 to 12. Older meters have a signature there, any number (mbus-example-data-02: B627).
	const mode = (state.configuration >> 8) & 0x1f
	if (ENCRYPTED.has(mode)) return rejected('suite', `records that are encrypted (mode ${mode}) are not supported`)
	const before: DataRecord[] = []
	const found = records(c, budget, order, before)
	if ('kind' in found)
		return c.notes
			? { ...found, read: { kind: 'telegram', application: 'mbus', auth: 'none', registers: [], sequence: [], records: before } }
			: found
	if (found.length === 0) return rejected('layout', 'an answer without a record')
	if (found.length === 1 && found[0]?.function === 'More records follow')
		return rejected('incomplete', "nothing but the maker's own data, and the records follow in another telegram")
	const clock = clockOf(found)
	return {
		kind: 'telegram',
		application: 'mbus',
		auth: 'none',
		registers: device ? registersOf(found, device.header.medium, c.notes) : [],
		sequence: [],
		records: found,
		...(device && { meterId: device.id, device: { ...device.header, status: state.status } }),
		...(clock && { clock: { ...clock, source: 'meter' as const } }),
	}
}

/** Modes of encryption: DES (2, 3) and AES (4, 5, 7 to 10, 13). */
const ENCRYPTED = new Set([2, 3, 4, 5, 7, 8, 9, 10, 13])

function deviceOf(c: Cursor, order: Order): { id: string; header: { medium: number; manufacturer: string; version: number } } {
	const id = identification(c, order)
	const manufacturer = letters(
		noted(c, 2, (sent) => `manufacturer ${letters(sent, order)}`),
		order,
	)
	const version = noted(c, 1, (sent) => `version ${sent}`)
	const medium = noted(c, 1, (sent) => `medium: ${mediumName(sent)}`)
	return { id, header: { medium, manufacturer, version } }
}

/** Three letters of 5 bits each (IEC 62056-21, the maker's identification). */
function letters(sent: number, order: Order): string {
	const code = word(sent, order)
	return String.fromCharCode(64 + ((code >> 10) & 31), 64 + ((code >> 5) & 31), 64 + (code & 31))
}

/** The number of two bytes that were taken as they were sent. */
const word = (sent: number, order: Order) => (order === 'highest first' ? sent : (sent >> 8) | ((sent & 0xff) << 8))

/** Access number, status and configuration; a status that says "no values" is an error. */
function stateOf(c: Cursor, order: Order): { status: number; configuration: number } | Rejected {
	noted(c, 1, (access) => `access number ${access}`)
	const status = noted(c, 1, (sent) => `status ${hexByte(sent)}`)
	const configuration = word(
		noted(c, 2, () => 'configuration'),
		order,
	)
	if ((status & 0x03) === 1) return rejected('error', 'the meter reports that its application is busy')
	if ((status & 0x03) === 2) return rejected('error', 'the meter reports an error of its application')
	return { status, configuration }
}

/** EN 13757-3, table of application errors (CI 70). */
const ERRORS = [
	'an unspecified error',
	'CI field not implemented',
	'buffer too long',
	'too many records',
	'premature end of a record',
	'more than 10 DIFE',
	'more than 10 VIFE',
	'reserved',
	'application busy',
	'too many readouts',
]

function problem(c: Cursor, ci: number): Rejected {
	const code = left(c) > 0 ? uint(c, 1) : 0
	if (ci === ALARM) return rejected('error', `the meter reports an alarm (${hexByte(code)})`)
	return rejected('error', `the meter reports: ${ERRORS[code] ?? `error ${code}`}`)
}

/** The present time: a momentary value of the device itself. */
function clockOf(found: DataRecord[]) {
	const now = found.find(
		(record) =>
			isOwn(record) &&
			record.function === 'Instantaneous value' &&
			record.value.kind === 'clock' &&
			record.quantity === 'Time point (date & time)',
	)
	return now?.value.kind === 'clock' ? now.value.clock : undefined
}
