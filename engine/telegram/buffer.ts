import { p1Clock } from './clock.ts'
import { type Code, codeOf } from './code.ts'
import { parseObis } from './obis.ts'
import { type Register, registerOf } from './register.ts'
import { textValue } from './text.ts'

/** One entry of a buffer: when it was taken, and what stands under each of its columns. */
type Entry = { at: string; values: string[] }

/** C of buffers (IEC 62056-61). */
const [BILLING, LOAD_PROFILE] = [98, 99]

/** Whether a code is that of billing periods or of one of the two load profiles: logs of events (99.97) are no business of a reading. */
export const isBuffer = ({ obis }: Code) => obis !== undefined && (obis.c === BILLING || (obis.c === LOAD_PROFILE && obis.d <= 2))

/** D of the energy of one interval of a load profile (IEC 62056-61: time integral 5). */
const INTERVAL = 29

// 1-0:99.1.0(1)(0-0:96.10.7)(1-0:1.29.0)(1-0:2.29.0)(251207001500W)(00)(000000.165*kWh)(000000.000*kWh)
// 0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)(230201000000W)(230117224500W)(04.329*kW)(230301000000W)(230214001500W)(04.529*kW)
/**
 * Gives rows for what a P1 buffer holds: of a load profile (99.x) the energies of its last interval, of a list of billing periods (98.x; eMUCS-P1) the
 * maximum of each period, F counted from 101 for the last one. None where the buffer is laid out otherwise.
 */
export function bufferRows({ code, value }: Register): Register[] {
	if (value.kind !== 'list') return []
	const [count = '', ...groups] = value.items
	const first = groups.findIndex((group) => parseObis(group) === undefined)
	const columns = groups.slice(0, Math.max(first, 0))
	const entries = entriesOf(groups.slice(columns.length), columns.length + 1)
	if (entries.length === 0 || entries.length !== Number(count)) return []
	return code.obis?.c === LOAD_PROFILE ? intervals(columns, entries[0] as Entry) : maxima(columns, entries)
}

/** The entries, the last first; none where they are not whole or have no time. */
function entriesOf(groups: string[], width: number): Entry[] {
	const entries: Entry[] = []
	for (let at = 0; at < groups.length; at += width) {
		const [time = '', ...values] = groups.slice(at, at + width)
		if (values.length !== width - 1 || !p1Clock(time)) return []
		entries.push({ at: time, values })
	}
	return entries.sort((one, other) => (one.at < other.at ? 1 : -1))
}

function intervals(columns: string[], { at, values }: Entry): Register[] {
	return columns.flatMap((column, place) => (parseObis(column)?.d === INTERVAL ? timed(column, values[place], at) : []))
}

/** A maximum has two columns under one code: when it was reached, and how high it was. */
function maxima([column = '', ...others]: string[], entries: Entry[]): Register[] {
	const obis = parseObis(column)
	if (others.length !== 1 || others[0] !== column || obis?.d !== 6 || obis.f !== 255) return []
	return entries.slice(0, 25).flatMap(({ values: [reached, highest] }, place) => timed(`${obis.text}*${101 + place}`, highest, reached))
}

function timed(code: string, text = '', time = ''): Register[] {
	const register = registerOf(codeOf(code), textValue(text))
	register.time = p1Clock(time)
	return register.isNumber ? [register] : []
}
