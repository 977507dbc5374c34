import { counter, fieldName, number, power } from '../format.ts'
import { say } from '../words/words.ts'

/** Counters and powers that people know from the meter's own display. */
const SHOWN = ['energy_import', 'energy_export', 'voltage_l1', 'current_l1', 'frequency'] as const

/** A reading in few lines: what flows now, and what the meter's display shows too, so that one can compare. */
export function ReadingFacts({ reading }: { reading: Record<string, unknown> }) {
	const net = powerOf(reading)
	const id = typeof reading.id === 'string' ? reading.id : typeof reading.meter_id === 'string' ? reading.meter_id : undefined
	const counters = SHOWN.flatMap((name) => {
		const value = reading[name]
		return typeof value === 'number' ? [{ name, value }] : []
	}).slice(0, 3)
	return (
		<dl class="facts tight">
			{net !== undefined && (
				<div>
					<dt>{directionText(net)}</dt>
					<dd class={directionClass(net)}>{power(net)}</dd>
				</div>
			)}
			{counters.map(({ name, value }) => (
				<div key={name}>
					<dt>{fieldName(name)}</dt>
					<dd>{valueText(name, value)}</dd>
				</div>
			))}
			{id !== undefined && (
				<div>
					<dt>{say('meter.id')}</dt>
					<dd>{id}</dd>
				</div>
			)}
		</dl>
	)
}

/** Says where power (W) flows. */
export const directionText = (net: number): string => say(net < 0 ? 'now.export' : net > 0 ? 'now.import' : 'now.none')
/** The colour of power (W): none where none flows. */
export const directionClass = (net: number): string => (net < 0 ? 'export' : net > 0 ? 'import' : '')

/** The power of a reading, W, positive from the grid. */
export function powerOf({ power_net: net, power_import: drawn, power_export: fed }: Record<string, unknown>): number | undefined {
	if (typeof net === 'number') return net
	if (typeof drawn !== 'number') return undefined
	return typeof fed === 'number' ? drawn - fed : drawn
}

const UNITS: Record<string, [unit: string, decimals: number]> = { voltage: ['V', 1], current: ['A', 2], frequency: ['Hz', 2] }

function valueText(name: string, value: number): string {
	if (name.startsWith('energy')) return counter(value)
	const [unit, decimals] = UNITS[name.split('_')[0] ?? ''] ?? ['', 0]
	return number(value, decimals, unit)
}
