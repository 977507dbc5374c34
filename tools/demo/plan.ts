import { type Day, localInstant } from './calendar.ts'
import { chance } from './noise.ts'
import { type Roof, temperature } from './weather.ts'

/** The equipment of a house. `seed` makes it differ from others; `standby` in W. */
export type Equipment = {
	seed: number
	standby: number
	/** How much is lived in it: a share of the appliances' usual power; 0 without any. */
	size: number
	/** Panels whose power it takes, and gives what is left over. */
	roof?: Roof
	/** W of electric power of the heat pump for each degree below 15.8 °C. */
	heatPump?: number
	/** The car: it is charged with what these panels leave over by day, or at night. */
	charges?: Roof
	/** kW of gas for each degree below 15.8 °C; its water is metered as well. */
	gas?: number
}

/** Something that runs: from an instant on (ms since 1970), for so many seconds, with so much power (W) on a phase (3: on all). */
export type Use = { from: number; seconds: number; watts: number; phase: 0 | 1 | 2 | 3; pulse?: [on: number, off: number]; wobble?: number }

/** Below this temperature houses are heated. */
export const HEATING = 15.8

/** Lists what runs on a day in a house: the same for the same day. */
export function plan(equipment: Equipment, day: Day): Use[] {
	const uses: Use[] = []
	const seed = equipment.seed + 977 * day.number
	let drawn = 0
	const between = (from: number, to: number) => from + (to - from) * chance(seed, drawn++)
	const likely = (share: number) => between(0, 1) < share
	const add = (hour: number, minutes: number, watts: number, phase: Use['phase'], more: Pick<Use, 'pulse' | 'wobble'> = {}) =>
		void uses.push({ from: localInstant(day.date, hour), seconds: Math.round(minutes * 60), watts: Math.round(watts), phase, ...more })
	const draw: Draw = { between, likely, add, isWeekend: day.weekday > 5, size: equipment.size }
	if (equipment.size > 0) {
		cold(draw)
		light(draw, day)
		morning(draw)
		kitchen(draw)
		laundry(draw, day)
	}
	if (equipment.heatPump !== undefined) heating(draw, equipment.heatPump, day)
	if (equipment.charges && !isCarHome(equipment, day) && likely(0.75)) add(between(0.7, 1.2), between(45, 135), 11_000, 3, { wobble: 40 })
	return uses
}

/** Whether the car stands at home by day: mostly at weekends. */
export const isCarHome = ({ seed }: Equipment, { number, weekday }: Day) => chance(seed + 3, number) < (weekday > 5 ? 0.8 : 0.3)

type Draw = {
	between(from: number, to: number): number
	likely(share: number): boolean
	add(hour: number, minutes: number, watts: number, phase: Use['phase'], more?: Pick<Use, 'pulse' | 'wobble'>): void
	isWeekend: boolean
	size: number
}

/** Fridge and freezer, whose compressors start all day. */
function cold({ between, add }: Draw): void {
	for (let hour = between(0, 0.7); hour < 23.9; hour += between(0.72, 0.86)) add(hour, between(15, 19), 82, 0, { wobble: 3 })
	for (let hour = between(0, 0.9); hour < 23.9; hour += between(1.1, 1.4)) add(hour, between(20, 26), 96, 1, { wobble: 4 })
}

/** Lamps before sunrise and after sunset, screens and music. */
function light({ between, likely, add, isWeekend, size }: Draw, day: Day): void {
	const winter = Math.cos((2 * Math.PI * (day.ofYear + 10)) / 365.25)
	const rise = isWeekend ? between(7.4, 8.4) : between(6, 6.5)
	const [dawn, dusk] = [6.9 + 1.1 * winter, 18.9 - 2.3 * winter]
	if (dawn > rise) add(rise, (dawn - rise) * 60, 110 * size, 2, { wobble: 4 })
	add(dusk - 0.2, 95, 90 * size, 2, { wobble: 5 })
	add(dusk + 0.4, Math.max(30, (22.7 - dusk) * 60), 150 * size, 0, { wobble: 6 })
	add(between(19.6, 20.3), between(110, 170), 135 * size, 1, { wobble: 12 })
	if (isWeekend ? likely(0.4) : likely(0.45)) add(between(8, 8.6), between(180, 460), 105, 2, { wobble: 15 })
}

/** Coffee, kettle, hair and toast. */
function morning({ between, likely, add, isWeekend, size }: Draw): void {
	const begin = isWeekend ? between(8, 9) : between(6.3, 6.8)
	const cups = Math.round(between(2, 5) * size)
	for (let cup = 0; cup < cups; cup++) add(begin + 0.12 * cup + between(0, 0.06), between(1.1, 1.6), 1420, 1)
	add(begin + 0.25, between(2.2, 3.4), 1950, 0)
	if (likely(0.7)) add(begin + between(0.3, 0.5), 3, 880, 1)
	if (likely(0.6)) add(begin + between(0, 0.3), between(4, 7), 1250, 2, { wobble: 20 })
	if (likely(0.7)) add(between(13.2, 15.5), 1.4, 1420, 1)
}

/** Lunch and dinner on hob and in the oven, and the dishes behind them. */
function kitchen({ between, likely, add, isWeekend, size }: Draw): void {
	if (isWeekend || likely(0.4)) {
		const noon = between(11.4, 12)
		add(noon, between(18, 32), 1800 * size, 0, { pulse: [25, 20] })
		if (likely(0.4)) add(noon - 0.2, 35, 2300 * size, 1, { pulse: [70, 60] })
	}
	const evening = between(17.8, 18.7)
	add(evening, between(22, 35), 2100 * size, 0, { pulse: [25, 15] })
	add(evening + 0.1, between(12, 25), 1500 * size, 1, { pulse: [15, 15] })
	add(evening, 40, 95, 2, { wobble: 4 })
	if (likely(0.6)) {
		add(evening - 0.3, 8, 2500 * size, 1)
		add(evening - 0.16, between(30, 50), 2500 * size, 1, { pulse: [55, 85] })
	}
	if (!likely(0.62)) return
	const dishes = between(20, 21)
	add(dishes, 118, 75, 2, { wobble: 15 })
	add(dishes + 0.2, 17, 1980, 2)
	add(dishes + 1.25, 13, 1980, 2)
}

/** The washing machine, the dryer behind it, and on Saturdays the vacuum cleaner. */
function laundry({ between, likely, add, isWeekend, size }: Draw, { weekday }: Day): void {
	if (weekday === 6) add(between(9.8, 10.8), between(14, 28), 820, 0, { wobble: 60 })
	if (weekday === 7 || !likely(isWeekend ? 0.8 : 0.35)) return
	const begin = between(9, 15)
	add(begin, 16 * Math.sqrt(size), 2050, 1)
	add(begin + 0.25, 62, 190, 1, { pulse: [12, 6], wobble: 40 })
	add(begin + 1.35, 9, 430, 1, { wobble: 70 })
	if (likely(0.5)) add(begin + 1.7, between(75, 105), 720, 0, { wobble: 25 })
}

/** A heat pump: it works through while it is cold, and in turns while it is mild; hot water once a day. */
function heating({ between, add }: Draw, perDegree: number, day: Day): void {
	const least = 5 * perDegree
	// While the sun may shine.
	const water = between(12.2, 13)
	add(water, between(38, 55), Math.max(1800, 10 * perDegree), 3, { wobble: 30 })
	for (let block = 0; block < 24; block += 0.5) {
		if (block + 0.5 > water && block < water + 0.9) continue
		const night = block < 5 || block >= 22 ? 0.72 : 1
		const wanted = Math.max(0, HEATING - temperature(localInstant(day.date, block))) * perDegree * night
		if (wanted >= least) add(block, 30, wanted, 3, { wobble: 35 })
		// Shorter than a turn of it: twice as long in every second block.
		else if (block % 1 === 0 && wanted > 0.1 * least) add(block, (60 * wanted) / least, least, 3, { wobble: 25 })
	}
}
