import type { Note } from '../bytes/cursor.ts'
import { latin1 } from '../bytes/hex.ts'
import type { Register } from './register.ts'

/** Notes the parts of a telegram that is text: what stands in its lines, and around them. */
export class TextNotes {
	readonly #notes: Note[]
	readonly #bytes: Uint8Array
	readonly #shift: number
	/** Bytes that a note of a line explains. */
	readonly #noted: Uint8Array

	/** The rows that the lines became. */
	readonly registers: Register[] = []

	/** `shift`: where the text begins in the bytes that the notes are of. */
	constructor(notes: Note[], bytes: Uint8Array, shift = 0) {
		this.#notes = notes
		this.#bytes = bytes
		this.#shift = shift
		this.#noted = new Uint8Array(bytes.length)
	}

	/** Notes a data set, `code(value)(value)…`, from `from` up to `to`, and the rows that it became. */
	dataSet(from: number, to: number, of: readonly Register[]): void {
		const text = latin1(this.#bytes, from, to)
		this.registers.push(...of)
		this.#add(from, to, text, [...of])
		const open = text.indexOf('(')
		if (open < 0) return
		if (open > 0) this.#add(from, from + open, `code ${text.slice(0, open).trim()}`, [...of])
		for (const { 0: group, index } of text.matchAll(/\([^()]*\)?/g)) {
			const end = group.endsWith(')') ? 1 : 0
			const value = group.slice(1, group.length - end)
			if (value !== '') this.#add(from + index + 1, from + index + group.length - end, value, [...of], true)
		}
	}

	/** Notes what was left out, and why. */
	odd(from: number, to: number, why: string): void {
		this.#add(from, to, `${why}: ${latin1(this.#bytes, from, to)}`)
	}

	/** Says that rows were replaced by others at their places. */
	replaced(before: readonly Register[], now: readonly Register[]): void {
		const others = new Map<unknown, Register | undefined>(before.map((register, place) => [register, now[place]]))
		for (const { of } of this.#notes) if (of) for (const [at, made] of of.entries()) of[at] = others.get(made) ?? made
	}

	/** Notes what stands around the lines: the identification, the end, blanks and ends of lines. */
	rest(): void {
		const text = latin1(this.#bytes)
		for (const { 0: part, index } of text.matchAll(/[^\r\n]+|[\r\n]+/g)) {
			let from = index
			for (let at = index; at <= index + part.length; at++) {
				if (at < index + part.length && !this.#noted[at]) continue
				if (at > from) this.#add(from, at, meaningOf(latin1(this.#bytes, from, at)))
				from = at + 1
			}
		}
	}

	#add(from: number, to: number, text: string, of?: unknown[], isValue = false): void {
		if (to <= from) return
		this.#noted.fill(1, from, to)
		this.#notes.push({ at: from + this.#shift, length: to - from, text, ...(isValue && { layer: 'value' as const }), ...(of && { of }) })
	}
}

function meaningOf(part: string): string {
	if (/^[\r\n]/.test(part)) return 'end of line'
	if (part.trim() === '') return 'blanks'
	if (part.startsWith('/')) return `identification: ${part.slice(1)}`
	return part.startsWith('!') ? `end of the telegram${part.length > 1 ? `, its checksum ${part.slice(1)}` : ''}` : part
}
