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

/** Crossings in the order of their times, as they are on disk: a year of them has no objects. */
export class Crossings {
	readonly length: number
	readonly #words: Uint32Array
	readonly #numbers: Float64Array

	constructor(buffer: ArrayBuffer, length: number) {
		this.#words = new Uint32Array(buffer)
		this.#numbers = new Float64Array(buffer)
		this.length = length
	}

	from = (place: number): number => this.#numbers[(CROSSING / 8) * place] as number
	to = (place: number): number => this.#numbers[(CROSSING / 8) * place + 1] as number
	next = (place: number): number => this.#words[(CROSSING / 4) * place + 4] as number
	at = (place: number): number => this.#words[(CROSSING / 4) * place + 5] as number
	since = (place: number): number => this.#words[(CROSSING / 4) * place + 6] as number
	usual = (place: number): number => this.#words[(CROSSING / 4) * place + 7] as number

	/** Gives these without some, by their `next`, and with more behind them. */
	changed(without: readonly number[], more: readonly Crossing[]): Crossings {
		if (without.length === 0 && more.length === 0) return this
		const cancel = without.map((next): Crossing => ({ since: next, at: next, next, from: 0, to: 0, usual: 0 }))
		const mine = new Uint8Array(this.#words.buffer, 0, this.length * CROSSING)
		return joined(undefined, [mine, crossingBytes(0, [...cancel, ...more])]).crossings
	}
}

/** Reads packs of crossings. Gives also how many entries are damaged; they are left out, and show as gaps. */
export const readCrossings = (series: number, packs: readonly Uint8Array[]) => joined(series, packs)

/** Puts entries one behind the other, without those that are damaged (by the series; undefined where that was looked at), taken back, or contradict the order. */
function joined(series: number | undefined, packs: readonly Uint8Array[]): { crossings: Crossings; damaged: number } {
	const all = new Uint8Array(packs.reduce((sum, { length }) => sum + length - (length % CROSSING), 0))
	let [end, damaged] = [0, 0]
	for (const data of packs) {
		const rest = data.length % CROSSING
		all.set(rest === 0 ? data : data.subarray(0, data.length - rest), end)
		end += data.length - rest
		if (rest > 0) damaged++
	}
	const [words, numbers] = [new Uint32Array(all.buffer), new Float64Array(all.buffer)]
	const size = CROSSING / 4
	let length = 0
	for (let word = 0; word < words.length; word += size) {
		if (series !== undefined && words[word + 8] !== checksum(words, word, 8, series)) {
			damaged++
			continue
		}
		const [next, at] = [words[word + 4] as number, words[word + 5] as number]
		const last = length === 0 ? 0 : (words[(length - 1) * size + 4] as number)
		if (at === next) {
			if (last === next) length--
		} else if (next > last && at < next && (numbers[word / 2] as number) <= (numbers[word / 2 + 1] as number)) {
			words.copyWithin(length * size, word, word + size)
			length++
		}
	}
	return { crossings: new Crossings(all.buffer, length), damaged }
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
