import type { Filled } from './fill.ts'
import type { Plan } from './plan.ts'
import { stepOf } from './total.ts'

/** Values of one telegram that belong together. `holds`: whether they fit each other; undefined where the telegram does not tell. */
export type Relation = { name: string; at: number[]; holds(values: Filled['values']): boolean | undefined }

/**
 * How a relation has kept so far: telegrams in which it held and did not, and whether the last one broke it. A meter whose values are not of one moment
 * breaks it again and again: then it says nothing.
 */
export type Kept = [fits: number, breaks: number, broken: 0 | 1]

/** A relation that broke more often than this says nothing; so many telegrams that fit make good for one that did not. */
const [MAX_BREAKS, MANY_FITS] = [2, 20_000]

/** Whether a break says that something is wrong: the meter has kept the relation, and the telegram before did not break it as well. */
export const isTelling = ([fits, breaks, broken]: Kept = [0, 0, 0]) => fits > 0 && breaks <= MAX_BREAKS && broken === 0

/** Adds a telegram to how a relation has kept. */
export function keptAfter([fits, breaks]: Kept = [0, 0, 0], holds: boolean): Kept {
	if (!holds) return [fits, Math.min(breaks + 1, 99), 1]
	return fits < MANY_FITS ? [fits + 1, breaks, 0] : [1, Math.max(breaks - 1, 0), 0]
}

const known = new WeakMap<Plan, Relation[]>()

/** Gives the relations of the fields of a plan, found once. */
export function relationsOf(plan: Plan): Relation[] {
	const found = known.get(plan) ?? find(plan)
	known.set(plan, found)
	return found
}

const PHASES = ['_l1', '_l2', '_l3']
const TARIFFS = [1, 2, 3, 4]

function find({ steps }: Plan): Relation[] {
	const place = new Map(steps.map(({ target }, at) => [target, at]))
	const at = (target: string) => place.get(target) ?? -1
	const relations: Relation[] = []
	for (const quantity of ['power', 'reactive_power']) {
		for (const phase of ['', ...PHASES]) {
			const [taken, given] = [at(`${quantity}_import${phase}`), at(`${quantity}_export${phase}`)]
			if (taken >= 0 && given >= 0) relations.push(direction(`${quantity}${phase}`, taken, given))
		}
	}
	const phases = PHASES.map((phase): [number, number] => [at(`power_import${phase}`), at(`power_export${phase}`)])
	if (at('power_import') >= 0 && phases[0]?.[0] !== -1) relations.push(phaseSum(at('power_import'), at('power_export'), phases))
	for (const counter of ['energy_import', 'energy_export', 'reactive_energy_import', 'reactive_energy_export']) {
		const parts = TARIFFS.map((tariff) => at(`${counter}_t${tariff}`)).filter((one) => one >= 0)
		if (at(counter) >= 0 && parts.length > 1) relations.push(tariffSum(counter, at(counter), parts))
	}
	const lines = PHASES.map((phase): [number, number] => [at(`voltage${phase}`), at(`current${phase}`)])
	const powers = ['power_import', 'power_export', 'reactive_power_import', 'reactive_power_export', 'power_factor'].map(at)
	if (lines.some(([, current]) => current >= 0)) relations.push(apparent(lines, powers))
	return relations
}

const numberAt = (values: Filled['values'], at: number) => {
	const value = at < 0 ? undefined : values[at]
	return typeof value === 'number' ? value : undefined
}

/** Power flows one way at a time. Meters that count each phase on its own may show both, and break this at once. */
function direction(name: string, taken: number, given: number): Relation {
	return {
		name: `${name} flows one way`,
		at: [taken, given],
		holds(values) {
			const [one, other] = [numberAt(values, taken), numberAt(values, given)]
			return one === undefined || other === undefined ? undefined : one === 0 || other === 0
		},
	}
}

/** The phases add up to the whole, each rounded. */
function phaseSum(taken: number, given: number, phases: [number, number][]): Relation {
	return {
		name: 'phases add up to the power',
		at: [taken, given, ...phases.flat()].filter((at) => at >= 0),
		holds(values) {
			if (numberAt(values, taken) === undefined) return undefined
			let [count, sum] = [0, 0]
			for (const phase of phases) {
				if (numberAt(values, phase[0]) === undefined) continue
				count++
				sum += net(values, phase)
			}
			if (count === 0) return undefined
			const total = net(values, [taken, given])
			return Math.abs(sum - total) <= 10 + 0.02 * Math.abs(total)
		},
	}
}

const net = (values: Filled['values'], [taken, given]: [number, number]) => (numberAt(values, taken) ?? 0) - (numberAt(values, given) ?? 0)

/** The tariffs add up to the total, each cut off in the step in which it counts. */
function tariffSum(name: string, total: number, tariffs: number[]): Relation {
	return {
		name: `tariffs add up to ${name}`,
		at: [total, ...tariffs],
		holds(values) {
			const whole = numberAt(values, total)
			const parts = tariffs.map((at) => numberAt(values, at)).filter((value) => value !== undefined)
			if (whole === undefined || parts.length < 2) return undefined
			const sum = parts.reduce((all, part) => all + part, 0)
			return Math.abs(whole - sum) <= parts.length * stepOf(whole, 1000)
		},
	}
}

/** Stands for voltages that are not sent. */
const USUAL_VOLTS = 240

/** Active and reactive power (or the power factor) are what voltages and currents give. Small loads, and currents in whole amperes, say little. */
function apparent(lines: [number, number][], powers: number[]): Relation {
	const [taken = -1, given = -1, inductive = -1, capacitive = -1, factor = -1] = powers
	const at = [...lines.flat(), ...powers].filter((one) => one >= 0)
	return {
		name: 'voltages times currents give the power',
		at,
		holds(values) {
			const [drawn, fed] = [numberAt(values, taken), numberAt(values, given)]
			if (drawn === undefined && fed === undefined) return undefined
			let [count, product, isWhole, isMeasured] = [0, 0, true, false]
			for (const [voltage, current] of lines) {
				const [volts, amperes] = [numberAt(values, voltage), numberAt(values, current)]
				if (volts !== undefined) isMeasured = true
				if (amperes === undefined) continue
				count++
				product += (volts ?? USUAL_VOLTS) * Math.abs(amperes)
				if (!Number.isInteger(amperes)) isWhole = false
			}
			if (count === 0) return undefined
			const active = Math.abs((drawn ?? 0) - (fed ?? 0))
			const slack = (isWhole ? 260 : 100) * count
			if (active > 1.25 * product + slack) return false
			// As seldom as a load is nearly without active power: only large ones tell.
			if (product > 10 * active + 3000) return false
			if (!isMeasured) return true
			const [one, other] = [numberAt(values, inductive), numberAt(values, capacitive)]
			if (one !== undefined || other !== undefined) {
				const size = Math.hypot(active, (one ?? 0) - (other ?? 0))
				return size <= 1.25 * product + slack && size >= 0.75 * product - slack
			}
			const share = Math.abs(numberAt(values, factor) ?? 0)
			return active >= 0.75 * share * product - slack
		},
	}
}
