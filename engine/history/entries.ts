import type { Crossing } from './counter.ts'
import { join, type Powers } from './powers.ts'

/** Bytes of an entry: two or four numbers, times as seconds since 1970, and a checksum. A day of quarter-hours fits a page of the database. */
const [CROSSING, POWERS] = [40, 48]

/**
 * Writes crossings one behind the other, each with a checksum over its content and its series: a bit that flipped on a card must not pass for energy.
 * A crossing whose `at` is its `next` takes back the one before with that `next`.
 */
export function crossingBytes(series: number, crossings: readonly Crossing[]): Uint8Array {
	const bytes = new Uint8Array(CROSSING * crossings.length)
	const [words, numbers] = [new Uint32Array(bytes.buffer), new Float64Array(bytes.buffer)]
	for (const [place, { since, at, next, from, to, usual }] of crossings.entries()) {
		const word = (CROSSING / 4) * place
		numbers[(CROSSING / 8) * place] = from
		numbers[(CROSSING / 8) * place + 1] = to
		words.set([next, at, since, Math.min(usual, 0xffffffff)], word + 4)
		words[word + 8] = checksum(words, word, 8, series)
	}
	return bytes
}

/** Reads crossings into `found`, in their order. Gives how many entries are damaged; they are left out, and show as gaps. */
export function readCrossings(series: number, data: Uint8Array, found: Crossing[]): number {
	const { words, numbers, count, rest } = viewOf(data, CROSSING)
	let damaged = rest
	for (let place = 0; place < count; place++) {
		const word = (CROSSING / 4) * place
		if (words[word + 8] !== checksum(words, word, 8, series)) {
			damaged++
			continue
		}
		const [next, at, since, usual] = [words[word + 4], words[word + 5], words[word + 6], words[word + 7]] as [
			number,
			number,
			number,
			number,
		]
		const [from, to] = [numbers[(CROSSING / 8) * place], numbers[(CROSSING / 8) * place + 1]] as [number, number]
		const last = found.at(-1)
		if (at === next) {
			if (last?.next === next) found.pop()
		} else if (next > (last?.next ?? 0) && at < next && from <= to) found.push({ since, at, next, from, to, usual })
	}
	return damaged
}

/** Writes powers one behind the other, each with a checksum. */
export function powerBytes(series: number, all: readonly Powers[]): Uint8Array {
	const bytes = new Uint8Array(POWERS * all.length)
	const [words, numbers] = [new Uint32Array(bytes.buffer), new Float64Array(bytes.buffer)]
	for (const [place, { start, sum, min, max, count }] of all.entries()) {
		numbers.set([sum, min, max], (POWERS / 8) * place)
		const word = (POWERS / 4) * place
		words.set([start, count], word + 6)
		words[word + 8] = checksum(words, word, 8, series)
	}
	return bytes
}

/** Reads powers into `found`; those of one time are put together. Gives how many entries are damaged. */
export function readPowers(series: number, data: Uint8Array, found: Map<number, Powers>): number {
	const { words, numbers, count, rest } = viewOf(data, POWERS)
	let damaged = rest
	for (let place = 0; place < count; place++) {
		const word = (POWERS / 4) * place
		if (words[word + 8] !== checksum(words, word, 8, series)) {
			damaged++
			continue
		}
		const number = (POWERS / 8) * place
		const [sum, min, max] = [numbers[number], numbers[number + 1], numbers[number + 2]] as [number, number, number]
		const [start, many] = [words[word + 6], words[word + 7]] as [number, number]
		join(found, { start, sum, min, max, count: many })
	}
	return damaged
}

function viewOf(data: Uint8Array, size: number) {
	const count = Math.floor(data.length / size)
	// A copy of its own: typed arrays want their numbers at even places.
	const { buffer } = new Uint8Array(data.subarray(0, count * size))
	return { words: new Uint32Array(buffer), numbers: new Float64Array(buffer), count, rest: Number(data.length % size !== 0) }
}

/** A checksum of 32 bits over some words (FNV-1a over words, mixed as murmur does): zlib's would cost ten times as much for so few bytes. */
function checksum(words: Uint32Array, from: number, length: number, series: number): number {
	let hash = 0x811c9dc5 ^ series
	for (let at = from; at < from + length; at++) {
		hash = Math.imul(hash ^ (words[at] as number), 0x01000193)
		hash ^= hash >>> 15
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
	return (hash ^ (hash >>> 13)) >>> 0
}
