import { visible } from '../engine/text/visible.ts'
import type { Reading } from '../schema/types/reading.ts'

/**
 * A meter's row: its latest values, the means of its power (W) in the last minutes, the latest last, of which minute (since 1970) that is and of how many
 * readings, and when the last one arrived (ms of the process).
 */
export type Row = { reading: Reading; trend: number[]; minute: { number: number; count: number }; arrived: number }
/** The abilities of the terminal: colours, and characters beyond ASCII. */
export type Paint = { isColored: boolean; isUtf8: boolean }

/** Colours of ANSI: what is taken, what is given, what matters less, what is late. */
const [TAKEN, GIVEN, DIM, BOLD, LATE] = ['33', '32', '2', '1', '31']
/** Seconds without a reading after which a row is shown as late. */
const LATE_AFTER = 60
/** Watts that fill a trend at least: noise is no mountain. */
const LEAST = 200
const GAP = '  '

type Cell = { text: string; codes?: string[] } | string[]
type Column = { head: string; width: number; isLeft?: boolean; cell(row: Row, now: number, width: number, paint: Paint): Cell }

/** Gives the lines of the table, head and legend among them, for a screen of so many columns: rows on a narrow one have fewer cells. */
export function layout(rows: Row[], width: number, now: number, paint: Paint): string[] {
	const columns = columnsFor(rows, width, paint)
	const color = (text: string, ...codes: string[]) => (paint.isColored && text !== '' ? `\x1b[${codes.join(';')}m${text}\x1b[0m` : text)
	const aligned = (text: string, { width: size, isLeft }: Column) => (isLeft ? text.padEnd(size) : text.padStart(size))
	const head = columns.map((column) => color(aligned(column.head, column), DIM)).join(GAP)
	const body = rows.map((row) =>
		columns
			.map((column) => {
				const cell = column.cell(row, now, column.width, paint)
				if (!Array.isArray(cell)) return color(aligned(cell.text, column), ...(cell.codes ?? ['0']))
				const blank = ' '.repeat(Math.max(0, column.width - cell.length))
				return blank + cell.map((bar, at) => color(bar, codeOf(row.trend.at(at - cell.length)))).join('')
			})
			.join(GAP),
	)
	const { taken, given } = arrows(paint)
	const legend = `${color(taken, TAKEN)} ${color('from the grid', DIM)}   ${color(given, GIVEN)} ${color('to the grid', DIM)}`
	return rows.length === 0 ? [color('waiting for the first readings', DIM)] : [head, ...body, '', legend]
}

/** The columns that fit, the most important ones first; what is left over goes to the name and to the trend. */
function columnsFor(rows: Row[], width: number, paint: Paint): Column[] {
	const longest = Math.max(5, ...rows.map(({ reading }) => reading.meter.length))
	const name: Column = {
		head: 'METER',
		width: 16,
		isLeft: true,
		cell: ({ reading }, _now, size) => ({ text: cut(reading.meter, size, paint) }),
	}
	const trend: Column = { head: '', width: 10, cell: ({ trend: powers }, _now, size) => bars(powers.slice(-size), paint) }
	const all: Column[] = [name, POWER, trend, TAKEN_ENERGY, GIVEN_ENERGY, AGE]
	const size = (columns: Column[]) => columns.reduce((sum, column) => sum + column.width, GAP.length * (columns.length - 1))
	for (const dropped of [trend, GIVEN_ENERGY, AGE, TAKEN_ENERGY]) if (size(all) > width) all.splice(all.indexOf(dropped), 1)
	if (size([...all, AMPERES]) <= width) all.splice(-1, 0, AMPERES)
	name.width = Math.min(Math.max(longest, 10), name.width + Math.max(0, width - size(all)))
	if (all.includes(trend)) trend.width = Math.min(30, trend.width + Math.max(0, width - size(all)))
	trend.head = `${trend.width} MINUTES`
	return all
}

const POWER: Column = {
	head: 'POWER',
	width: 11,
	cell({ reading }, _now, _size, paint) {
		const power = reading.power_net ?? reading.power_import ?? negated(reading.power_export)
		if (power === undefined) return { text: '' }
		const { taken, given, still } = arrows(paint)
		const arrow = power > 0 ? taken : power < 0 ? given : still
		return { text: `${arrow}${`${grouped(Math.abs(power), 0)} W`.padStart(10)}`, codes: [BOLD, codeOf(power)] }
	},
}

const TAKEN_ENERGY: Column = { head: 'IMPORT kWh', width: 13, cell: ({ reading }) => ({ text: kilo(reading.energy_import) }) }
const GIVEN_ENERGY: Column = { head: 'EXPORT kWh', width: 13, cell: ({ reading }) => ({ text: kilo(reading.energy_export) }) }

const AMPERES: Column = {
	head: 'L1    L2    L3 A',
	width: 17,
	cell({ reading: { current_l1, current_l2, current_l3 } }) {
		const amperes = [current_l1, current_l2, current_l3]
		if (amperes.every((value) => value === undefined)) return { text: '' }
		return { text: amperes.map((value) => (value === undefined ? '' : value.toFixed(1)).padStart(5)).join(' ') }
	},
}

const AGE: Column = {
	head: 'AGE',
	width: 5,
	cell({ arrived }, now) {
		const seconds = Math.max(0, Math.floor((now - arrived) / 1000))
		const text = seconds < 100 ? `${seconds} s` : seconds < 6000 ? `${Math.floor(seconds / 60)} m` : `${Math.floor(seconds / 3600)} h`
		return { text, codes: [seconds > LATE_AFTER ? LATE : DIM] }
	},
}

function arrows({ isUtf8 }: Paint) {
	return isUtf8 ? { taken: '↓', given: '↑', still: '·' } : { taken: 'v', given: '^', still: '-' }
}

/** A bar for each power, as high as it is next to the greatest of them. */
function bars(powers: number[], { isUtf8 }: Paint): string[] {
	const steps = isUtf8 ? [...'▁▂▃▄▅▆▇█'] : [...'._-~=+*#']
	const most = Math.max(LEAST, ...powers.map(Math.abs))
	return powers.map((power) => steps[Math.min(steps.length - 1, Math.floor((Math.abs(power) / most) * steps.length))] ?? '')
}

const codeOf = (power: number | undefined) => (power === undefined || power === 0 ? DIM : power > 0 ? TAKEN : GIVEN)
const negated = (value: number | undefined) => (value === undefined ? undefined : -value)
const kilo = (value: number | undefined) => (value === undefined ? '' : grouped(value / 1000, 3))

/** A number with so many decimal places, in groups of three digits: 12'345.678. */
function grouped(value: number, decimals: number): string {
	const [whole = '', rest] = value.toFixed(decimals).split('.')
	const groups = whole.replace(/\B(?=(\d{3})+$)/g, "'")
	return rest === undefined ? groups : `${groups}.${rest}`
}

/** A name that fits: of a long one the beginning and the end, in which names of one house differ. */
function cut(name: string, width: number, { isUtf8 }: Paint): string {
	const shown = visible(name)
	const kept = Math.floor((width - 1) / 2)
	return shown.length <= width ? shown : shown.slice(0, width - 1 - kept) + (isUtf8 ? '…' : '~') + shown.slice(-kept)
}
