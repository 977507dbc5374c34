import type { WriteStream } from 'node:tty'
import { visible } from '../engine/text/visible.ts'
import type { Reading } from '../schema/types/reading.ts'
import { layout, type Paint, type Row } from './table-row.ts'

/** Readings as they come: a table that is redrawn on a terminal, elsewhere a line for each meter every ten seconds. */
export type Table = {
	title(lines: string[]): void
	reading(reading: Reading): void
	/** Shows means of a meter's power (W) of the minutes before, the latest last; where there is no terminal, nothing. */
	past(meter: string, powers: number[]): void
	/** A message of the log: below the table; to standard error where there is no terminal. */
	line(text: string): void
	close(): void
}

/** The screen that the table is written to: standard output, or a stand-in for it. */
export type Screen = Pick<WriteStream, 'isTTY' | 'columns' | 'rows'> & {
	write(text: string): unknown
	on(event: 'resize', listener: () => void): unknown
	off(event: 'resize', listener: () => void): unknown
}
type Environment = Partial<Record<'NO_COLOR' | 'TERM' | 'LC_ALL' | 'LC_CTYPE' | 'LANG', string>>

/** Milliseconds between two lines of a meter where there is no terminal. */
const EVERY = 10_000
/** As much sooner may the next one come: meters that send every ten seconds do so by clocks of their own. */
const SLACK = 1000
/** Log lines that stay below the table. */
const LOG_LINES = 6
/** Minutes that the trend shows at most. */
const MAX_TREND = 30
const MINUTE = 60_000

/** Makes the live view of the demo for a screen. A dumb terminal counts as none; `NO_COLOR` is respected; without UTF-8 it draws in ASCII. */
export function table(out: Screen, environment: Environment = process.env): Table {
	return out.isTTY && environment.TERM !== 'dumb' ? new Drawn(out, environment) : new Lines(out)
}

/** A line for each meter every ten seconds: names as in the reading, and their values. */
class Lines implements Table {
	readonly #out: Screen
	readonly #told = new Map<string, number>()
	readonly #latest = new Map<string, Reading>()

	constructor(out: Screen) {
		this.#out = out
	}

	title(lines: string[]): void {
		process.stderr.write(`${lines.join('\n')}\n`)
	}

	reading(reading: Reading): void {
		const { meter } = reading
		const latest = merged(this.#latest.get(meter), reading)
		this.#latest.set(meter, latest)
		const now = performance.now()
		if (now - (this.#told.get(meter) ?? Number.NEGATIVE_INFINITY) < EVERY - SLACK) return
		this.#told.set(meter, now)
		const { time, power_net = netOf(latest), energy_import, energy_export, voltage_l1, current_l1, seq } = latest
		const fields = { meter, time, power_net, energy_import, energy_export, voltage_l1, current_l1, readings: seq + 1 }
		const shown = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${visible(String(value), 80)}`]))
		this.#out.write(`${shown.join(' ')}\n`)
	}

	past(): void {}

	line(text: string): void {
		process.stderr.write(text)
	}

	close(): void {}
}

/** A table on a terminal, drawn again when a reading comes and every second. */
class Drawn implements Table {
	readonly #out: Screen
	readonly #paint: Paint
	readonly #rows = new Map<string, Row>()
	/** Trends of meters that have not sent yet. */
	readonly #before = new Map<string, number[]>()
	readonly #ticking: NodeJS.Timeout
	#titles: string[] = []
	#log: string[] = []
	#soon: NodeJS.Timeout | undefined

	constructor(out: Screen, { NO_COLOR, LC_ALL, LC_CTYPE, LANG }: Environment) {
		this.#out = out
		const isUtf8 = process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
		this.#paint = { isColored: !NO_COLOR, isUtf8 }
		out.write('\x1b[?1049h\x1b[?25l')
		out.on('resize', this.#draw)
		this.#ticking = setInterval(this.#draw, 1000).unref()
	}

	title(lines: string[]): void {
		this.#titles = lines
		this.#drawSoon()
	}

	reading(reading: Reading): void {
		const { meter } = reading
		const row = this.#rows.get(meter) ?? { reading, trend: this.#before.get(meter) ?? [], minute: { number: 0, count: 0 }, arrived: 0 }
		// Adapters send one value a message: the table shows the last of each field.
		row.reading = merged(row.reading, reading)
		row.arrived = performance.now()
		const power = netOf(reading)
		if (power !== undefined) addTo(row, power)
		this.#rows.set(meter, row)
		this.#drawSoon()
	}

	past(meter: string, powers: number[]): void {
		this.#before.set(meter, powers.slice(-MAX_TREND))
	}

	line(text: string): void {
		this.#log = [...this.#log, ...text.trimEnd().split('\n')].slice(-LOG_LINES)
		this.#drawSoon()
	}

	close(): void {
		clearInterval(this.#ticking)
		clearTimeout(this.#soon)
		this.#out.off('resize', this.#draw)
		this.#out.write('\x1b[?25h\x1b[?1049l')
	}

	#drawSoon(): void {
		this.#soon ??= setTimeout(this.#draw, 100)
	}

	readonly #draw = (): void => {
		clearTimeout(this.#soon)
		this.#soon = undefined
		const { columns: width = 80, rows: height = 24 } = this.#out
		const rows = [...this.#rows.values()].sort((one, other) => one.reading.meter.localeCompare(other.reading.meter))
		const wrapped = (lines: string[]) => lines.flatMap((line) => pieces(visible(line), width - 1))
		const lines = [...wrapped(this.#titles), '', ...layout(rows, width - 1, performance.now(), this.#paint), '', ...wrapped(this.#log)]
		// A line behind the last one would scroll the table away.
		const shown = lines.slice(0, height - 1)
		this.#out.write(`\x1b[H${shown.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`)
	}
}

const merged = (before: Reading | undefined, reading: Reading): Reading => ({ ...before, ...reading })

/** Adds a power to the mean of its minute. */
function addTo(row: Row, power: number): void {
	const number = Math.floor(Date.now() / MINUTE)
	const last = row.trend.at(-1)
	if (number !== row.minute.number || last === undefined) {
		row.trend = [...row.trend, power].slice(-MAX_TREND)
		row.minute = { number, count: 1 }
	} else row.trend[row.trend.length - 1] = last + (power - last) / ++row.minute.count
}

/** The power from the grid (below 0: to it), by whatever of it the reading has. */
function netOf({ power_net, power_import, power_export }: Reading): number | undefined {
	return power_net ?? power_import ?? (power_export === undefined ? undefined : -power_export)
}

/** A line in pieces that fit. */
function pieces(line: string, width: number): string[] {
	const count = Math.max(1, Math.ceil(line.length / width))
	return Array.from({ length: count }, (_, place) => line.slice(place * width, (place + 1) * width))
}
