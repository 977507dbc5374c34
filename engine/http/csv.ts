import type { Bar, Gap, History } from '../../schema/types/api.ts'

/** Writes a span of history as CSV (RFC 4180): a line for each bar, then for each gap; Wh and W. Its columns are those that have values. */
export function historyCsv({ meter, step, currency, bars, gaps, powers = [] }: History): string {
	const channels = [...new Set([...bars, ...gaps].flatMap((bar) => Object.keys(bar.channels ?? {})))].sort()
	const means = new Map(powers.map((power) => [power.start, power]))
	type Row = Partial<Bar> & Gap & { kind: string }
	const columns: [string, (row: Row) => string | number | boolean | undefined][] = [
		['meter', () => meter],
		['kind', ({ kind }) => kind],
		['start', ({ start }) => start],
		['end', ({ end }) => end],
		['energy_import_Wh', (row) => row.import],
		['energy_export_Wh', (row) => row.export],
		...channels.flatMap((channel): typeof columns => [
			[`submeter_${channel}_volume_m3`, (row) => row.channels?.[channel]?.volume],
			[`submeter_${channel}_energy_Wh`, (row) => row.channels?.[channel]?.energy],
		]),
		['power_W', ({ start }) => means.get(start)?.power],
		['power_min_W', ({ start }) => means.get(start)?.min],
		['power_max_W', ({ start }) => means.get(start)?.max],
		['peak_W', ({ peak }) => peak],
		['peak_at', ({ peakAt }) => peakAt],
		[`cost${currency === undefined ? '' : `_${currency}`}`, ({ cost }) => cost],
		[`revenue${currency === undefined ? '' : `_${currency}`}`, ({ revenue }) => revenue],
		['complete', ({ complete }) => complete],
	]
	const rows: Row[] = [...bars.map((bar) => ({ ...bar, kind: step })), ...gaps.map((gap) => ({ ...gap, kind: 'gap' }))]
	// Minutes have power alone.
	if (bars.length === 0) for (const { start } of powers) rows.push({ start, end: '', kind: step })
	const used = columns.filter(([, of]) => rows.some((row) => of(row) !== undefined))
	const lines = [used.map(([name]) => name), ...rows.map((row) => used.map(([, of]) => of(row)))]
	return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** A cell; a text that a spreadsheet would take for a formula gets an apostrophe. */
function cell(value: string | number | boolean | undefined): string {
	if (typeof value !== 'string') return value === undefined ? '' : String(value)
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
