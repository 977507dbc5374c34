import type { Note, Stage } from '../api/types.ts'
import { type Segment, segmentsOf } from '../telegram/segments.ts'

/** What differs in a stage from the same one of another telegram: its bytes by their places, and what changed meanings said there. */
export type Difference = { bytes: ReadonlySet<number>; was: ReadonlyMap<number, string> }

/** Pieces of one stage times those of the other that are compared each with each; stages with more are compared place by place. */
const MAX_CELLS = 1_000_000

/** Finds the stage of another telegram that is the same step as one of this: of the same name, counted. */
export function sameStage(stages: readonly Stage[], place: number, other: readonly Stage[]): Stage | undefined {
	const name = stages[place]?.stage
	const count = stages.slice(0, place).filter(({ stage }) => stage === name).length
	return other.filter(({ stage }) => stage === name)[count]
}

/**
 * Compares the bytes of a stage with those of another telegram's: place by place where both are cut alike; else the pieces of the same meaning are laid
 * side by side, and what only one of them has moves nothing behind it.
 */
export function differenceOf(now: Stage, before: Stage): Difference {
	const bytes = new Set<number>()
	const was = new Map<number, string>()
	if (now.hex === before.hex) return { bytes, was }
	const [these, those] = [segmentsOf(now), segmentsOf(before)]
	for (const [place, other] of pairs(
		these.map((one) => meaningOf(now, one)),
		those.map((one) => meaningOf(before, one)),
	)) {
		const one = these[place]
		const match = other === undefined ? undefined : those[other]
		if (!one) continue
		const changed = one.bytes.flatMap((byte, at) => (byte === match?.bytes[at] ? [] : [one.at + at]))
		for (const at of changed) bytes.add(at)
		const isOther = changed.length > 0 || one.bytes.length !== match?.bytes.length
		if (isOther && match && one.note !== undefined) was.set(one.note, textOf(before, match))
	}
	return { bytes, was }
}

const textOf = ({ notes }: Stage, { note, bytes }: Segment): string => (note === undefined ? bytes.join(' ') : noteText(notes[note]))
const noteText = (note: Note | undefined): string => note?.text.trim() ?? ''

/** What a piece is, without the value that it has: the same for the same piece of each telegram. */
function meaningOf({ notes }: Stage, { note }: Segment): string {
	const one = note === undefined ? undefined : notes[note]
	if (!one) return ''
	const text = one.text.trim()
	if (one.layer === 'value') return `value ${/^(.*?)(?:: | = |\()/.exec(text)?.[1] ?? ''}`
	return /\d+-\d+:\d+\.\d+\.\d+/.test(text) ? text : text.replace(/\d+/g, '#')
}

/** Pairs each of one list with that of the other that stands for the same; undefined for what only this list has. */
function pairs(these: string[], those: string[]): [place: number, other: number | undefined][] {
	let start = 0
	while (start < these.length && start < those.length && these[start] === those[start]) start++
	let end = 0
	while (end < Math.min(these.length, those.length) - start && these[these.length - 1 - end] === those[those.length - 1 - end]) end++
	const inner = { from: start, these: these.slice(start, these.length - end), those: those.slice(start, those.length - end) }
	const middle = matches(inner.these, inner.those)
	return these.map((_, place) => {
		if (place < start) return [place, place]
		if (place >= these.length - end) return [place, place - these.length + those.length]
		const other = middle[place - start]
		return [place, other === undefined ? undefined : other + start]
	})
}

/** Finds the longest common row of two lists; between two of it, as many on both sides are one another's as well. */
function matches(these: string[], those: string[]): (number | undefined)[] {
	if (these.length === 0 || those.length === 0) return these.map(() => undefined)
	if (these.length === those.length || these.length * those.length > MAX_CELLS)
		return these.map((_, place) => (place < those.length ? place : undefined))
	const width = those.length + 1
	const best = new Uint16Array((these.length + 1) * width)
	const at = (row: number, column: number): number => best[row * width + column] ?? 0
	for (let row = these.length - 1; row >= 0; row--)
		for (let column = those.length - 1; column >= 0; column--)
			best[row * width + column] =
				these[row] === those[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
	const found: (number | undefined)[] = these.map(() => undefined)
	let [row, column, row0, column0] = [0, 0, 0, 0]
	const gap = (): void => {
		if (row - row0 === column - column0) for (let step = 0; row0 + step < row; step++) found[row0 + step] = column0 + step
	}
	while (row < these.length && column < those.length) {
		if (these[row] === those[column]) {
			gap()
			found[row] = column
			row0 = ++row
			column0 = ++column
		} else if (at(row + 1, column) >= at(row, column + 1)) row++
		else column++
	}
	row = these.length
	column = those.length
	gap()
	return found
}
