/**
 * A made-up home for working on the page: power by time, smooth and the same each time. No physics: the demo has that (tools/demo/).
 * All powers in W, positive from the grid.
 */
const HOUR = 3_600_000

/** Gives a number from 0 to 1 for a whole number, the same each time. */
function noise(seed: number): number {
	let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
	state ^= state >>> 13
	state = Math.imul(state, 0xc2b2ae35)
	return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32
}

/** Noise that moves from value to value in steps of so many ms. */
function drift(time: number, step: number, seed: number): number {
	const at = Math.floor(time / step)
	const share = time / step - at
	const smooth = share * share * (3 - 2 * share)
	return noise(at * 31 + seed) * (1 - smooth) + noise((at + 1) * 31 + seed) * smooth
}

const bump = (hour: number, middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2))

/** Gives the power of phase 1 to 3 at a time, W. `sun`: whether the house has photovoltaics. */
export function phasePower(time: number, phase: number, sun = true, seed = 0): number {
	const hour = ((time / HOUR) % 24) + 1
	const day = Math.floor(time / (24 * HOUR))
	const season = 0.5 - 0.5 * Math.cos(((day % 365) / 365) * 2 * Math.PI)
	const base = 70 + 40 * drift(time, 900_000, phase + seed)
	const kitchen = phase === 1 ? 1900 * bump(hour, 12.1, 0.35) + 2300 * bump(hour, 18.6, 0.5) * drift(time, 240_000, 7 + seed) : 0
	const heating = phase === 2 && drift(time, 1_800_000, 11 + seed) > 0.42 + 0.3 * season ? 1350 + 90 * drift(time, 60_000, 3) : 0
	const car = phase === 3 && noise(day + seed) > 0.35 && hour > 21.5 && hour < 24.2 ? 3600 : 0
	const clouds = 0.35 + 0.65 * drift(time, 700_000, 5) * (0.4 + noise(day * 3) * 0.6)
	const roof = sun ? (1100 + 1500 * season) * clouds * Math.max(0, bump(hour, 13, 3.1 + season) - 0.12) : 0
	const fridge = phase === 1 && time % 2_400_000 < 900_000 ? 85 : 0
	return base + fridge + kitchen + heating + car + 220 * bump(hour, 20, 2) - roof + 8 * noise(Math.floor(time / 1000) + phase)
}

/** Gives the power of the house at a time, W. */
export const housePower = (time: number, sun = true, seed = 0): number =>
	[1, 2, 3].reduce((sum, phase) => sum + phasePower(time, phase, sun, seed), 0)

/** Energy of a quarter-hour from its start, Wh: what was drawn, and what was fed in. */
export function quarter(start: number, sun = true, seed = 0): { import: number; export: number } {
	let drawn = 0
	let fed = 0
	for (let minute = 0; minute < 15; minute += 3) {
		const power = housePower(start + minute * 60_000, sun, seed)
		if (power > 0) drawn += power / 20
		else fed -= power / 20
	}
	return { import: Math.round(drawn), export: Math.round(fed) }
}
