import type { WriteStream } from 'node:tty'
import { visible } from '../engine/text/visible.ts'
import type { Reading } from '../schema/types/reading.ts'

/** Readings as they come: a table that is redrawn on a terminal, one line each elsewhere. */
export type Table = {
	title(lines: string[]): void
	reading(reading: Reading): void
	/** A message of the log: below the table; to standard error where there is no terminal. */
	line(text: string): void
	close(): void
}

const COLUMNS: { head: string; width: number; cell: (reading: Reading) => string }[] = [
	{ head: 'meter', width: 26, cell: ({ meter }) => meter },
	{ head: 'time', width: 26, cell: ({ time, time_source }) => time + (time_source === 'gateway' ? '*' : '') },
	{
		head: 'power W',
		width: 9,
		cell: ({ power_net, power_import, power_export }) => text(power_net ?? power_import ?? negated(power_export)),
	},
	{ head: 'import Wh', width: 12, cell: ({ energy_import }) => text(energy_import) },
	{ head: 'export Wh', width: 12, cell: ({ energy_export }) => text(energy_export) },
	{ head: 'L1 V', width: 7, cell: ({ voltage_l1 }) => text(voltage_l1) },
	{ head: 'L1 A', width: 7, cell: ({ current_l1 }) => text(current_l1) },
	{ head: 'readings', width: 8, cell: ({ seq }) => String(seq + 1) },
]
/** Log lines that stay below the table. */
const LOG_LINES = 6

/** The live view of the demo. */
export function table(out: WriteStream): Table {
	const latest = new Map<string, Reading>()
	let titles: string[] = []
	let log: string[] = []
	let timer: NodeJS.Timeout | undefined

	function draw(): void {
		timer = undefined
		const width = out.columns ?? 120
		const columns = COLUMNS.filter(
			(_, place) => COLUMNS.slice(0, place + 1).reduce((sum, { width: column }) => sum + column + 2, 0) <= width,
		)
		const head = columns.map(({ head: name, width: column }, i) => pad(name, column, i < 2)).join('  ')
		const sorted = [...latest.values()].sort((one, other) => one.meter.localeCompare(other.meter))
		const body = sorted.map((reading) => columns.map(({ width: column, cell }, i) => pad(cell(reading), column, i < 2)).join('  '))
		const note = [...latest.values()].some(({ time_source }) => time_source === 'gateway')
			? ['* the meter sends no time: when it arrived']
			: []
		const lines = [
			...titles.flatMap((line) => wrapped(line, width)),
			'',
			head,
			...body,
			'',
			...note,
			...log.flatMap((line) => wrapped(line, width)),
		]
		out.write(`\x1b[H${lines.map((line) => `${visible(line).slice(0, width - 1)}\x1b[K\n`).join('')}\x1b[J`)
	}

	function soon(): void {
		timer ??= setTimeout(draw, 100)
	}

	if (out.isTTY) out.write('\x1b[?1049h\x1b[?25l')
	return {
		title(lines) {
			titles = lines
			if (out.isTTY) soon()
			else process.stderr.write(`${lines.join('\n')}\n`)
		},
		reading(reading) {
			// Adapters that send one value a message: the table shows the last of each field.
			latest.set(reading.meter, { ...latest.get(reading.meter), ...reading })
			if (out.isTTY) soon()
			else
				out.write(
					`${COLUMNS.map(({ head, cell }) => [head, cell(reading)])
						.flatMap(([head, cell]) => (cell ? [`${head}=${visible(cell, 80)}`] : []))
						.join(' ')}\n`,
				)
		},
		line(text) {
			if (!out.isTTY) process.stderr.write(text)
			log = [...log, ...text.trimEnd().split('\n')].slice(-LOG_LINES)
			if (out.isTTY) soon()
		},
		close() {
			clearTimeout(timer)
			if (out.isTTY) out.write('\x1b[?25h\x1b[?1049l')
		},
	}
}

/** A line in pieces that fit. */
function wrapped(line: string, width: number): string[] {
	const pieces = Math.max(1, Math.ceil(line.length / (width - 1)))
	return Array.from({ length: pieces }, (_, place) => line.slice(place * (width - 1), (place + 1) * (width - 1)))
}

const text = (value: number | undefined) => (value === undefined ? '' : String(value))
const negated = (value: number | undefined) => (value === undefined ? undefined : -value)
const pad = (value: string, width: number, left: boolean) => (left ? value.padEnd(width) : value.padStart(width))
