/** Gives a number from 0 up to 1 that is always the same for the same whole numbers: what differs from day to day, and looks like chance. */
export function chance(seed: number, place: number): number {
	let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place, 0xc2b2ae35)
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
	hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
	return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** Gives a number from -1 to 1 that changes smoothly with `at`: other values are met about every 1. */
export function smooth(seed: number, at: number): number {
	const place = Math.floor(at)
	const part = at - place
	const share = part * part * (3 - 2 * part)
	return 2 * (chance(seed, place) * (1 - share) + chance(seed, place + 1) * share) - 1
}
