import type { Note } from '../bytes/cursor.ts'
import { MAX_NODES } from '../telegram/budget.ts'

/**
 * The values of one telegram as they nest (A-XDR, SML), flat and in wire order: a list stands before what is in it, and says where the next value
 * behind it stands. `numbers` has those that a double holds; `bigs` the others.
 */
export class Nodes {
	/** How many there are. */
	count = 0
	readonly kinds = new Uint8Array(MAX_NODES)
	/** The tag of each on the wire (A-XDR). */
	readonly tags = new Uint8Array(MAX_NODES)
	/** Where the content of each stands in the bytes. */
	readonly starts = new Int32Array(MAX_NODES)
	readonly ends = new Int32Array(MAX_NODES)
	/** The place of the value behind this one and all that is in it. */
	readonly nexts = new Int32Array(MAX_NODES)
	/** Numbers and booleans; of lists how many values they hold. */
	readonly numbers = new Float64Array(MAX_NODES)
	/** The note of each, by its place, where somebody asked for notes. */
	notes: (Note | undefined)[] | undefined
	readonly #bigs = new Map<number, bigint>()

	/** Forgets everything. `isNoted`: the notes of the next values are kept. */
	clear(isNoted = false): void {
		this.count = 0
		this.notes = isNoted ? [] : undefined
		if (this.#bigs.size > 0) this.#bigs.clear()
	}

	/** Adds a value whose content stands from `start` up to `end`, and gives its place. */
	add(kind: number, start: number, end: number, number: number): number {
		const place = this.count++
		this.kinds[place] = kind
		this.starts[place] = start
		this.ends[place] = end
		this.nexts[place] = place + 1
		this.numbers[place] = number
		return place
	}

	/** Adds an integer; one beyond 2^53 is kept exactly. */
	addInteger(kind: number, start: number, end: number, value: number | bigint): number {
		const place = this.add(kind, start, end, Number(value))
		if (typeof value === 'bigint') this.#bigs.set(place, value)
		return place
	}

	/** Closes the list at this place: all that was added since is in it. */
	close(place: number, length: number, end: number): void {
		this.nexts[place] = this.count
		this.numbers[place] = length
		this.ends[place] = end
	}

	/** The number at a place, exactly as it was sent. */
	raw(place: number): number | bigint {
		return this.#bigs.size > 0 ? (this.#bigs.get(place) ?? (this.numbers[place] as number)) : (this.numbers[place] as number)
	}

	/** Notes that the values at these places became this. */
	became(made: unknown, ...places: number[]): void {
		if (!this.notes) return
		for (const place of places) {
			const note = this.notes[place]
			if (note) note.of = [...(note.of ?? []), made]
		}
	}

	/** How many bytes the content of a value has. */
	size(place: number): number {
		return (this.ends[place] as number) - (this.starts[place] as number)
	}
}
