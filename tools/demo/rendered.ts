import { type Day, localInstant } from './calendar.ts'
import { chance, smooth } from './noise.ts'
import { type Equipment, HEATING, isCarHome, plan, type Use } from './plan.ts'
import { clearSky, clouds, type Roof, temperature } from './weather.ts'

/** Milliseconds for which a power holds. Energies are the powers times this, exactly. */
export const STEP = 5000
/** Milliseconds after which gas and water are read. */
export const SLOT = 300_000
const [MINUTE, HOUR] = [60_000, 3_600_000]

/** Sums at a moment, in whole watt-seconds and in m³; those of tariff 1 are part of the others. */
export type Sums = { taken: number; given: number; takenPeak: number; givenPeak: number; gas: number; water: number }

/**
 * A day of a house: the net power (W) of each phase in each step, and the sums behind each step, from 0 at its beginning. Gas and water (m³) by slot.
 */
export type RenderedDay = {
	day: Day
	/** Between these instants the higher tariff holds. */
	peak: [from: number, to: number]
	phases: [Int32Array, Int32Array, Int32Array]
	taken: Float64Array
	given: Float64Array
	takenPeak: Float64Array
	givenPeak: Float64Array
	gas: Float64Array
	water: Float64Array
}

/** Gives between which instants the higher tariff holds: on working days from 7 to 20. */
function peakOf({ weekday, date, start }: Day): [from: number, to: number] {
	return weekday <= 5 ? [localInstant(date, 7), localInstant(date, 20)] : [start, start]
}

/** Computes a day: some milliseconds of work. */
export function render(equipment: Equipment, day: Day): RenderedDay {
	const steps = Math.round((day.end - day.start) / STEP)
	const phases: RenderedDay['phases'] = [new Int32Array(steps), new Int32Array(steps), new Int32Array(steps)]
	standby(phases, equipment, day)
	for (const use of plan(equipment, day)) run(phases, use, day, equipment.seed)
	if (equipment.roof) shine(equipment.roof, day, (step, made) => spread(phases, step, -made))
	if (equipment.charges && isCarHome(equipment, day)) charge(phases[1], equipment.charges, day)
	const peak = peakOf(day)
	return { day, peak, phases, ...summed(phases, day, peak), ...piped(equipment, day) }
}

/** Sets the power that is always on, and never quite the same. */
function standby(phases: RenderedDay['phases'], { standby: power, seed }: Equipment, { start }: Day): void {
	for (let phase = 0; phase < 3; phase++) {
		const watts = phases[phase] as Int32Array
		const share = [0.45, 0.32, 0.23][phase] as number
		const first = start / STEP
		let slow = 0
		for (let step = 0; step < watts.length; step++) {
			const at = first + step
			if (step % 4 === 0) slow = smooth(seed + phase, at / 70)
			watts[step] = Math.round(share * power * (1 + 0.12 * slow) + 4 * chance(seed + 7 * phase, at) - 2)
		}
	}
}

/** Adds what a use takes. */
function run(phases: RenderedDay['phases'], { from, seconds, watts, phase, pulse, wobble = 0 }: Use, { start }: Day, seed: number): void {
	const first = Math.round((from - start) / STEP)
	const count = Math.round((seconds * 1000) / STEP)
	for (let step = 0; step < count; step++) {
		const at = first + step
		if (pulse && (step * STEP) % ((pulse[0] + pulse[1]) * 1000) >= pulse[0] * 1000) continue
		const power = Math.max(0, watts + (wobble === 0 ? 0 : Math.round(wobble * (2 * chance(seed + first, step) - 1))))
		if (phase === 3) spread(phases, at, power)
		else if (at >= 0 && at < phases[phase].length) phases[phase][at] = (phases[phase][at] as number) + power
	}
}

/** Adds a power to all phases alike; what three do not divide goes to the first. */
function spread([one, two, three]: RenderedDay['phases'], at: number, power: number): void {
	if (at < 0 || at >= one.length) return
	const share = Math.trunc(power / 3)
	one[at] = (one[at] as number) + power - 2 * share
	two[at] = (two[at] as number) + share
	three[at] = (three[at] as number) + share
}

/** Tells for each step of the day what panels deliver, while they do. */
function shine(roof: Roof, { start, end }: Day, tell: (step: number, made: number) => void): void {
	const perMinute = MINUTE / STEP
	let [clear, next, cover] = [0, clearSky(start, roof), 0]
	for (let step = 0; start + step * STEP < end; step++) {
		const instant = start + step * STEP
		if (step % perMinute === 0) {
			clear = next
			next = clearSky(instant + MINUTE, roof)
		}
		if (clear === 0 && next === 0) continue
		if (step % 3 === 0) cover = clouds(instant)
		const bright = clear + ((next - clear) * (step % perMinute)) / perMinute
		tell(step, Math.min(0.92 * roof.peak, Math.round(roof.peak * bright * (1 - 0.8 * cover ** 1.3))))
	}
}

/** Amperes and volts with which a car is charged on one phase, and what a house takes meanwhile (W). */
const [LEAST, MOST, VOLTS, TAKEN] = [6, 16, 230, 700]

/** Adds the car that is charged with what panels leave over: the wall box looks every half minute, and knows whole amperes. */
function charge(phase: Int32Array, roof: Roof, day: Day): void {
	let amperes = 0
	shine(roof, day, (step, made) => {
		if (step % 6 === 0) amperes = made - TAKEN < LEAST * VOLTS ? 0 : Math.min(MOST, Math.floor((made - TAKEN) / VOLTS))
		phase[step] = (phase[step] as number) + amperes * VOLTS
	})
}

/** Adds up what the grid gives and takes: the phases together, as meters do. */
function summed([one, two, three]: RenderedDay['phases'], { start }: Day, [peakFrom, peakTo]: RenderedDay['peak']) {
	const steps = one.length
	const [taken, given, takenPeak, givenPeak] = Array.from({ length: 4 }, () => new Float64Array(steps + 1)) as [
		Float64Array,
		Float64Array,
		Float64Array,
		Float64Array,
	]
	const [from, to] = [(peakFrom - start) / STEP, (peakTo - start) / STEP]
	const seconds = STEP / 1000
	let [all, back, allPeak, backPeak] = [0, 0, 0, 0]
	for (let step = 0; step < steps; step++) {
		const work = ((one[step] as number) + (two[step] as number) + (three[step] as number)) * seconds
		const isHigh = step >= from && step < to
		if (work > 0) all += work
		else back -= work
		if (isHigh && work > 0) allPeak += work
		else if (isHigh) backPeak -= work
		taken[step + 1] = all
		given[step + 1] = back
		takenPeak[step + 1] = allPeak
		givenPeak[step + 1] = backPeak
	}
	return { taken, given, takenPeak, givenPeak }
}

/** kWh in a m³ of gas, and those that warm a m³ of water. */
const [PER_GAS, PER_WATER] = [10.4, 46]

/** Gas and water, in m³ behind each slot. A third of the water is warmed. */
function piped({ gas, seed, size }: Equipment, day: Day): { gas: Float64Array; water: Float64Array } {
	const slots = gas === undefined ? 0 : Math.round((day.end - day.start) / SLOT)
	const flows = { gas: new Float64Array(slots + 1), water: new Float64Array(slots + 1) }
	if (gas === undefined) return flows
	const isWeekend = day.weekday > 5
	const showers = [0, 1].map((who) => localInstant(day.date, (isWeekend ? 8.4 : 6.4) + 0.45 * who + 0.4 * chance(seed + who, day.number)))
	for (let slot = 0; slot < slots; slot++) {
		const instant = day.start + slot * SLOT
		const hour = (instant - day.start) / HOUR
		const isAwake = hour > (isWeekend ? 7.5 : 6) && hour < 23
		const luck = chance(seed + 5, day.number * 300 + slot)
		let litres = isAwake && luck < 0.17 * size ? 3 + Math.round(60 * luck) : 0
		if (showers.some((shower) => instant >= shower && instant < shower + 2 * SLOT)) litres += 26
		if (isAwake && hour > 18 && hour < 19.5 && luck > 0.5) litres += 7
		// The burner takes turns: on for two slots of three, at more where it is colder.
		const wanted = Math.max(0, HEATING - temperature(instant)) * gas * (isAwake ? 1 : 0.55)
		const burns = slot % 3 === 2 ? 0 : 1.5 * wanted
		flows.water[slot + 1] = (flows.water[slot] as number) + litres / 1000
		flows.gas[slot + 1] = (flows.gas[slot] as number) + (burns * (SLOT / HOUR)) / PER_GAS + ((litres / 3000) * PER_WATER) / PER_GAS
	}
	return flows
}
