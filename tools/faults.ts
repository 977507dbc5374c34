import { concat } from '../engine/bytes/hex.ts'

/** Random numbers that a seed repeats (mulberry32): a function from a bound to an integer below it. */
export function seeded(seed: number): (below: number) => number {
	let state = seed >>> 0
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
	}
}

export const FAULTS = ['flip', 'cut', 'double', 'noise', 'chunks'] as const
export type Fault = (typeof FAULTS)[number]

/** Bytes with one fault: 1 to 3 flipped bits, a piece cut out, doubled, or put in; `chunks` leaves them whole. */
export function damage(bytes: Uint8Array, fault: Fault, random: (below: number) => number): Uint8Array {
	const at = random(bytes.length)
	const length = 1 + random(Math.min(40, bytes.length - at))
	switch (fault) {
		case 'flip': {
			const damaged = Uint8Array.from(bytes)
			for (let flips = 1 + random(3); flips > 0; flips--) {
				const place = random(bytes.length)
				damaged[place] = (damaged[place] ?? 0) ^ (1 << random(8))
			}
			return damaged
		}
		case 'cut':
			return concat([bytes.subarray(0, at), bytes.subarray(at + length)])
		case 'double':
			return concat([bytes.subarray(0, at + length), bytes.subarray(at)])
		case 'noise':
			return concat([bytes.subarray(0, at), Uint8Array.from({ length }, () => random(256)), bytes.subarray(at)])
		case 'chunks':
			return bytes
	}
}

/** The bytes in pieces of 1 to 64, as a port delivers them. */
export function pieces(bytes: Uint8Array, random: (below: number) => number): Uint8Array[] {
	const parts: Uint8Array[] = []
	for (let at = 0; at < bytes.length; ) {
		const end = at + 1 + random(64)
		parts.push(bytes.subarray(at, end))
		at = end
	}
	return parts
}
