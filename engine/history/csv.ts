import type { Bar, Gap, History } from '../../schema/types/api.ts'

/** The end of a line (RFC 4180). */
const END = '\r\n'

/**
 * Writes history as comma-separated values with a head: a line for each bar, then one for each gap (`kind` tells), in Wh and m³; of minutes, a line for
 * each, in W. Numbers have a point.
 */
export function csvOf({ step, bars, gaps, powers = [], currency = '' }: History): string {
	if (step === 'minute')
		return lines(
			['start', 'power_w', 'min_w', 'max_w'],
			powers.map(({ start, power, min, max }) => [start, power, min, max]),
		)
	const channels = [...new Set([...bars, ...gaps].flatMap((one) => Object.keys(one.channels ?? {})))].sort()
	const head = [
		'kind',
		'start',
		'end',
		'import_wh',
		'export_wh',
		...channels.flatMap((name) => [`submeter_${name}_m3`, `submeter_${name}_wh`]),
	]
	const more = ['peak_w', 'peak_start', 'cost', 'revenue', 'currency', 'complete']
	const common = (one: Bar | Gap) => {
		const ofChannel = (name: string) => [one.channels?.[name]?.volume, one.channels?.[name]?.energy]
		return [one.start, one.end, one.import, one.export, ...channels.flatMap(ofChannel)]
	}
	const ofBar = (bar: Bar) => {
		const hasCost = bar.cost !== undefined || bar.revenue !== undefined
		return ['bar', ...common(bar), bar.peak, bar.peakAt, bar.cost, bar.revenue, hasCost ? currency : undefined, bar.complete]
	}
	const ofGap = (gap: Gap) => ['gap', ...common(gap), ...more.slice(0, -1).map(() => undefined), false]
	return lines([...head, ...more], [...bars.map(ofBar), ...gaps.map(ofGap)])
}

type Cell = string | number | boolean | undefined

function lines(head: string[], rows: Cell[][]): string {
	return [head, ...rows].map((row) => row.map(cell).join(',') + END).join('')
}

function cell(value: Cell): string {
	const text = value === undefined ? '' : String(value)
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
