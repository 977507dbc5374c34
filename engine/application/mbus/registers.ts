import type { Note } from '../../bytes/cursor.ts'
import { mediumGroup } from '../../telegram/medium.ts'
import { type Register, registerOf } from '../../telegram/register.ts'
import type { DataRecord } from '../../telegram/telegram.ts'

/** C.D of a quantity by A, the medium's group (IEC 62056-61; EN 13757-1, annex on the mapping of M-Bus; OMS volume 2, annex A). */
const CODES: Record<number, Record<string, string>> = {
	1: {
		'Energy Wh': '1.8',
		'Energy Wh positive only': '1.8',
		'Energy Wh negative only': '2.8',
		'Reactive energy varh': '3.8',
		'Reactive energy varh positive only': '3.8',
		'Reactive energy varh negative only': '4.8',
		'Reactive power var positive only': '3.7',
		'Reactive power var negative only': '4.7',
		'Apparent power VA': '9.7',
		// Plain power has a sign: from the grid positive, into it negative.
		'Power W': '16.7',
		'Power W positive only': '1.7',
		'Power W negative only': '2.7',
		'Voltage V phase 1': '32.7',
		'Voltage V phase 2': '52.7',
		'Voltage V phase 3': '72.7',
		'Current A phase 1': '31.7',
		'Current A phase 2': '51.7',
		'Current A phase 3': '71.7',
		'Current A neutral': '91.7',
		'Voltage V phases 1 and 2': '124.7',
		'Voltage V phases 2 and 3': '125.7',
		'Voltage V phases 3 and 1': '126.7',
		'Frequency Hz': '14.7',
		...Object.assign({}, ...[1, 2, 3].map(ofPhase)),
	},
	4: { 'H.C.A. Units for H.C.A.': '1.0' },
	7: { 'Volume m³': '3.0' },
	8: { 'Volume m³': '1.0', 'Volume flow m³/h': '2.0' },
}
/** Power and energy of a phase: C is 20 higher for each. */
function ofPhase(phase: number): Record<string, string> {
	const c = (total: number) => total + 20 * phase
	return {
		[`Energy Wh positive only phase ${phase}`]: `${c(1)}.8`,
		[`Energy Wh negative only phase ${phase}`]: `${c(2)}.8`,
		[`Power W phase ${phase}`]: `${c(16)}.7`,
		[`Power W positive only phase ${phase}`]: `${c(1)}.7`,
		[`Power W negative only phase ${phase}`]: `${c(2)}.7`,
	}
}

/** In Wh and W only: a number of joules under the same code would be taken for the other. */
const heat = {
	'Energy Wh': '1.0',
	'Volume m³': '2.0',
	'Power W': '8.0',
	'Volume flow m³/h': '9.0',
	'Flow temperature °C': '10.0',
	'Return temperature °C': '11.0',
	'Temperature difference K': '12.0',
}
Object.assign(CODES, { 5: heat, 6: heat, 9: CODES[8] })

/** The direction stands before the phase, in whatever order they are sent. */
const byDirection = (one: string, other: string) => Number(other.endsWith('only')) - Number(one.endsWith('only'))

/**
 * Registers of the records whose meaning an OBIS code has: momentary values of the device itself (no sub-unit), E the tariff, F the storage
 * number (255 for the present). A record with an extension that is not known, or of a sub-unit, has no code: it stays a record only. The `notes` of the
 * records get the registers.
 */
export function registersOf(found: DataRecord[], medium: number, notes?: Note[]): Register[] {
	const a = mediumGroup(medium)
	if (a === undefined) return []
	return found.flatMap((record): Register[] => {
		const { value, quantity, storage, tariff, device, qualifiers } = record
		if (value.kind !== 'number' || record.function !== 'Instantaneous value' || device || storage === null || storage > 99) return []
		const code = CODES[a]?.[[quantity, value.unit, ...[...qualifiers].sort(byDirection)].join(' ')]
		if (code === undefined) return []
		const register = registerOf(`${a}-0:${code}.${tariff ?? 0}${storage === 0 ? '' : `*${storage}`}`, value)
		notes?.find(({ of }) => of?.includes(record))?.of?.push(register)
		return [register]
	})
}
