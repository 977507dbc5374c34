import type { MeterView, State } from '../api/types.ts'

export type Direction = 'import' | 'export' | 'none' | 'unknown'
export const PHASES = ['l1', 'l2', 'l3'] as const
export type Phase = {
	name: (typeof PHASES)[number]
	power: number | undefined
	voltage: number | undefined
	current: number | undefined
	/** Where the power of this phase flows; `unknown` where the meter gives a current without a direction. */
	direction: Direction
	/** The load of the fuse, A: the current as measured, or power by voltage. */
	load: number | undefined
}
export type Submeter = {
	channel: string
	id: string | undefined
	medium: string
	time: string | undefined
	values: { name: 'volume' | 'energy' | 'power' | 'flow' | 'temperature_flow' | 'temperature_return'; value: number }[]
}

/** Volts by which a power becomes a load of the fuse, where the meter gives no voltage. */
const NOMINAL = 230

/** Share of volts times amperes from which on the net power is all of it: the rest is reactive. */
const ALL = 0.85

/** Gives a number of a state. */
export function numberOf(state: State, name: string): number | undefined {
	const value = state[name]
	return typeof value === 'number' ? value : undefined
}

/** Gives a text of a state. */
export function textOf(state: State, name: string): string | undefined {
	const value = state[name]
	return typeof value === 'string' ? value : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Gives the time of a field that is older than the last telegram. */
export function olderTime(state: State, name: string): string | undefined {
	return isRecord(state.times) ? textOf(state.times, name) : undefined
}

/**
 * Gives the power of a state in W, positive from the grid; `phase`: `_l1`. Import and export of two telegrams are no power: then only what is not zero
 * tells.
 */
export function netOf(state: State, phase = ''): number | undefined {
	const net = numberOf(state, `power_net${phase}`)
	const drawn = numberOf(state, `power_import${phase}`)
	const fed = numberOf(state, `power_export${phase}`)
	if (net !== undefined || fed === undefined) return net ?? drawn
	if (drawn === undefined) return -fed
	const [drawnAt, fedAt] = ['import', 'export'].map(
		(direction) => olderTime(state, `power_${direction}${phase}`) ?? textOf(state, 'time') ?? '',
	)
	if (drawnAt === fedAt) return drawn - fed
	const [later, other] = Date.parse(drawnAt ?? '') > Date.parse(fedAt ?? '') ? [drawn, -fed] : [-fed, drawn]
	return later !== 0 ? later : other === 0 ? 0 : undefined
}

/** Says where a power flows. */
export function directionOf(power: number | undefined): Direction {
	return power === undefined ? 'unknown' : power > 0 ? 'import' : power < 0 ? 'export' : 'none'
}

/** Gives the power of a meter now; undefined while it is not online. */
export const powerNow = (meter: MeterView): number | undefined => (meter.status === 'online' ? netOf(meter.state) : undefined)

/** Gives the phases that a state tells of. */
export function phasesOf(state: State): Phase[] {
	const phases = PHASES.map((name) => {
		const power = netOf(state, `_${name}`)
		const voltage = numberOf(state, `voltage_${name}`)
		const current = numberOf(state, `current_${name}`)
		const load = current !== undefined ? Math.abs(current) : power === undefined ? undefined : Math.abs(power) / (voltage || NOMINAL)
		return { name, power, voltage, current, load, direction: directionOf(power) }
	}).filter(({ power, voltage, current }) => power !== undefined || voltage !== undefined || current !== undefined)
	// Currents say no direction; where they make up the whole power, all of them flow its way.
	const net = netOf(state)
	const sum = phases.reduce((total, { load = 0, voltage }) => total + load * (voltage || NOMINAL), 0)
	if (net === undefined || Math.abs(net) < ALL * sum) return phases
	return phases.map((phase) => (phase.power === undefined ? { ...phase, direction: directionOf(net) } : phase))
}

/** Gives the counters of drawn or fed-in energy by tariff, Wh. */
export function tariffsOf(state: State, direction: 'import' | 'export'): { tariff: string; value: number }[] {
	return Object.keys(state)
		.map((name) => ({ name, tariff: new RegExp(`^energy_${direction}_t(\\d+)$`).exec(name)?.[1] }))
		.flatMap(({ name, tariff }) => {
			const value = numberOf(state, name)
			return tariff !== undefined && value !== undefined ? [{ tariff, value }] : []
		})
		.sort((one, other) => Number(one.tariff) - Number(other.tariff))
}

const SUB_VALUES = ['volume', 'energy', 'power', 'flow', 'temperature_flow', 'temperature_return'] as const

/** Gives the sub-meters of a state by channel. */
export function submetersOf(state: State): Submeter[] {
	if (!isRecord(state.submeters)) return []
	return Object.entries(state.submeters).flatMap(([channel, one]) => {
		if (!isRecord(one)) return []
		const values = SUB_VALUES.flatMap((name) => {
			const value = numberOf(one, name)
			return value === undefined ? [] : [{ name, value }]
		})
		return [{ channel, id: textOf(one, 'id'), medium: textOf(one, 'medium') ?? 'unknown', time: textOf(one, 'time'), values }]
	})
}

/** Gives what was left out as implausible. */
export function issuesOf(state: State): { field: string; detail: string }[] {
	if (!Array.isArray(state.issues)) return []
	return state.issues.filter(isRecord).map((issue) => ({ field: String(issue.field), detail: String(issue.detail ?? issue.code) }))
}
