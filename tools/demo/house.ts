import { type Day, dayOf, wallAt } from './calendar.ts'
import type { Equipment } from './plan.ts'
import { type RenderedDay, render, SLOT, STEP, type Sums } from './rendered.ts'

/** The values of a house's meters at a moment: powers in W, energies in Wh, volumes in m³; `instant`: ms since 1970. */
export type Moment = {
	instant: number
	/** Power from the grid of each phase; below 0 to the grid. */
	phases: [number, number, number]
	power: number
	energyImport: number
	energyExport: number
	/** By the higher tariff, and by the lower. */
	importByTariff: [number, number]
	exportByTariff: [number, number]
	tariff: 1 | 2
	/** The volumes in houses with gas, with the instant of the reading. */
	pipes?: { gas: number; water: number; instant: number }
}

const NOTHING: Sums = { taken: 0, given: 0, takenPeak: 0, givenPeak: 0, gas: 0, water: 0 }
/** The meters were installed on this day. */
const INSTALLED = Date.UTC(2023, 4, 2)
const DAY = 86_400_000
/** Watt-seconds in a Wh. */
const WH = 3600

/**
 * A simulated house. The same equipment gives the same powers at the same instant, on every machine; its counters are their exact sums since `since`
 * (ms since 1970), on top of what a house like it has counted since its meters were installed.
 */
export class House {
	readonly equipment: Equipment
	readonly #first: number
	/** Sums at the beginning of each day, by its number. */
	readonly #before = new Map<number, Sums>()
	#today: RenderedDay | undefined

	constructor(equipment: Equipment, since: number) {
		this.equipment = equipment
		const first = dayOf(since)
		this.#first = first.start
		const days = (first.start - INSTALLED) / DAY
		this.#before.set(first.number, earlier(equipment, Math.max(0, days)))
	}

	/** Gives what its meters show at an instant, or up to 5 s before. Throws a RangeError before the day on which the house began. */
	at(when: number): Moment {
		const instant = Math.floor(when / STEP) * STEP
		const { day, peak, phases, taken, given, takenPeak, givenPeak, gas, water } = this.#dayWith(instant)
		const before = this.#before.get(day.number) ?? NOTHING
		const step = (instant - day.start) / STEP
		const sums = (array: Float64Array, at: number) => array[Math.min(at, array.length - 1)] as number
		const [all, back] = [before.taken + sums(taken, step), before.given + sums(given, step)]
		const [high, backHigh] = [before.takenPeak + sums(takenPeak, step), before.givenPeak + sums(givenPeak, step)]
		const watts = phases.map((phase) => phase[step - 1] as number) as Moment['phases']
		const slot = Math.floor((instant - day.start) / SLOT)
		return {
			instant,
			phases: watts,
			power: watts[0] + watts[1] + watts[2],
			energyImport: all / WH,
			energyExport: back / WH,
			importByTariff: [high / WH, (all - high) / WH],
			exportByTariff: [backHigh / WH, (back - backHigh) / WH],
			tariff: instant > peak[0] && instant <= peak[1] ? 1 : 2,
			...(this.equipment.gas !== undefined && {
				pipes: { gas: before.gas + sums(gas, slot), water: before.water + sums(water, slot), instant: day.start + slot * SLOT },
			}),
		}
	}

	/** The day in which an instant ends a step. */
	#dayWith(instant: number): RenderedDay {
		const known = this.#today
		if (known && instant > known.day.start && instant <= known.day.end) return known
		if (instant <= this.#first) throw new RangeError(`this house began on ${wallAt(this.#first).local}`)
		const wanted = dayOf(instant - 1)
		// Its sums begin where those of the days before end.
		let day = wanted
		while (!this.#before.has(day.number)) day = dayOf(day.start - 1)
		let rendered = this.#render(day)
		while (day.number < wanted.number) {
			day = dayOf(day.end)
			rendered = this.#render(day)
		}
		this.#today = rendered
		return rendered
	}

	#render(day: Day): RenderedDay {
		const rendered = render(this.equipment, day)
		const before = this.#before.get(day.number) ?? NOTHING
		const last = (array: Float64Array) => array[array.length - 1] as number
		this.#before.set(day.number + 1, {
			taken: before.taken + last(rendered.taken),
			given: before.given + last(rendered.given),
			takenPeak: before.takenPeak + last(rendered.takenPeak),
			givenPeak: before.givenPeak + last(rendered.givenPeak),
			gas: before.gas + last(rendered.gas),
			water: before.water + last(rendered.water),
		})
		return rendered
	}
}

/** kWh a year that a house like it takes and gives, m³ of gas and water: as far as its counters begin with it. */
function earlier({ standby, size, heatPump = 0, charges, roof, gas }: Equipment, days: number): Sums {
	const years = days / 365.25
	const use = 8.76 * standby + 2100 * size + 30 * heatPump + (charges ? 2600 : 0)
	const made = roof ? 0.98 * roof.peak : 0
	const taken = Math.round(Math.max(0.5 * use, use - 0.3 * made) * years) * 1000 * WH
	const given = Math.round(0.7 * made * years) * 1000 * WH
	const pipes = gas === undefined ? { gas: 0, water: 0 } : { gas: Math.round(4800 * gas * years), water: Math.round(75 * size * years) }
	return { taken, given, takenPeak: Math.round(0.4 * taken), givenPeak: Math.round(0.6 * given), ...pipes }
}
