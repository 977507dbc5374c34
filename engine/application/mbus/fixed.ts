import { type Cursor, left, note, noted } from '../../bytes/cursor.ts'
import { hexBackwards, hexByte } from '../../bytes/hex.ts'
import { type Budget, copied, spend } from '../../telegram/budget.ts'
import type { Value } from '../../telegram/register.ts'
import { type DataRecord, type Rejected, rejected, type Telegram } from '../../telegram/telegram.ts'
import { identification } from './identification.ts'
import { type Order, taken } from './order.ts'
import { BARE, describe } from './record.ts'
import { registersOf } from './registers.ts'

// identification BCD[4] | access number | status | medium and unit 1 | medium and unit 2 | counter 1 [4] | counter 2 [4]
// The bytes of medium and unit keep their places in mode 2.
// Status: 01 counters are binary, else BCD; 02 stored at a fixed date, else actual. Unit: 6 bits; medium: the two high bits of both.
/** The fixed data structure (CI 73; EN 1434-3:1997, 6.4), the cursor behind its CI field. Refuses (`length`) any other length. */
export function fixed(c: Cursor, budget: Budget, order: Order): Telegram | Rejected {
	if (left(c) !== 16) return rejected('length', `the fixed data structure has 16 bytes, here are ${left(c)}`)
	const id = identification(c, order)
	noted(c, 1, () => 'access number')
	const status = noted(c, 1, (sent) => `status ${hexByte(sent)}`)
	const units = noted(c, 2, () => 'medium and units')
	const [one, two] = [units >> 8, units & 0xff]
	const medium = MEDIA[(one >> 6) | ((two >> 6) << 2)] ?? 15
	const counter = (unit: number): DataRecord => {
		spend(budget)
		const bytes = copied(budget, taken(c, 4, order))
		const value = counterValue(bytes, unit, (status & 0x01) !== 0)
		const record = { ...BARE, function: status & 0x02 ? 'Stored value' : 'Actual value', quantity: UNITS[unit]?.quantity ?? null, value }
		if (c.notes) note(c, c.at - 4, describe(record), 'value', [record])
		return record
	}
	const records = [counter(one & 0x3f), counter(two & 0x3f)]
	const now = records.map((record) => ({ ...record, storage: 0, function: status & 0x02 ? '' : 'Instantaneous value' }))
	const registers = now.flatMap((record, place) => {
		const made = registersOf([record], medium)
		c.notes?.find(({ of }) => of?.includes(records[place]))?.of?.push(...made)
		return made
	})
	const device = { medium, status }
	return { kind: 'telegram', application: 'mbus', auth: 'none', registers, sequence: [], records, meterId: id, device }
}

/** Device types of the fixed structure, as those of the variable one. */
const MEDIA: Record<number, number> = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 10: 3, 11: 4, 12: 6, 13: 7, 14: 8 }

const HISTORIC = 0x3e

/** A counter in its unit; with "same unit, but historic" as sent, for nothing says when. */
function counterValue(bytes: Uint8Array, unit: number, binary: boolean): Value {
	const digits = hexBackwards(bytes)
	if (!binary && !/^\d+$/.test(digits)) return { kind: 'text', text: digits }
	const raw = Number.parseInt(digits, binary ? 16 : 10)
	const known = UNITS[unit]
	if (unit === HISTORIC) return { kind: 'number', raw, scaler: 0, unit: 'reserved but historic' }
	return known ? { kind: 'number', raw, scaler: known.scaler, unit: known.unit } : { kind: 'number', raw }
}

type Unit = { quantity: string; unit: string; scaler: number }

/** Units 02 to 38 (EN 1434-3:1997, table 5): runs of powers of ten, each step the tenfold. */
const UNITS: Record<number, Unit> = {
	...run(0x02, 0x0a, 'Energy', 'Wh', 0),
	...run(0x0b, 0x13, 'Energy', 'J', 3),
	...run(0x14, 0x1c, 'Power', 'W', 0),
	...run(0x1d, 0x25, 'Power', 'J/h', 3),
	...run(0x26, 0x2e, 'Volume', 'm³', -6),
	...run(0x2f, 0x37, 'Volume flow', 'm³/h', -6),
	56: { quantity: 'Temperature', unit: '°C', scaler: -3 },
	57: { quantity: 'H.C.A.', unit: 'Units for H.C.A.', scaler: 0 },
}

function run(from: number, to: number, quantity: string, unit: string, scaler: number): Record<number, Unit> {
	const units: Record<number, Unit> = {}
	for (let code = from; code <= to; code++) units[code] = { quantity, unit, scaler: scaler + code - from }
	return units
}
