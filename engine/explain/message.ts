import { type JSONVisitor, visit } from 'jsonc-parser'
import type { Layer, Note } from '../bytes/cursor.ts'
import { printable } from '../bytes/hex.ts'
import { visible } from '../text/visible.ts'
import type { Stage } from './stages.ts'

/** Notes of a message: one of 64 kB has no more of use. */
const MAX_NOTES = 4000
/** Deepest nesting that is looked at: the reader of messages refuses more than 32 levels. */
const MAX_DEPTH = 64

/** A step down into a message: the name of a key, or a place in a list. */
export type Step = string | number

/** Writes the way to a value of a message as an expression does: `json.z.Pi`, `json.phases[0].U`, a key that is no name in backticks. Without its place a list gives all its values. */
export function jsonPath(steps: readonly Step[]): string {
	let text = 'json'
	for (const step of steps) {
		if (typeof step === 'number') text += `[${step}]`
		else text += `.${PLAIN.test(step) && !RESERVED.test(step) ? step : `\`${step}\``}`
	}
	return text
}

const PLAIN = /^[A-Za-z_]\w*$/
const RESERVED = /^(and|or|in|true|false|null)$/

/** Explains an adapter's message: each object, name and value of its JSON, with the path of the value (`of`); or its text. */
export function messageStage(bytes: Uint8Array): Stage {
	const text = new TextDecoder().decode(bytes)
	const notes: Note[] = []
	const places = printable(bytes) ? undefined : placesOf(text, bytes.length)
	if (places !== false && depthOf(text) <= MAX_DEPTH)
		visit(text, new Explained(notes, places, text.length).visitor, { disallowComments: true })
	if (notes.length === 0) notes.push({ at: 0, length: bytes.length, text: visible(text), layer: 'value' })
	else if (notes.length < MAX_NOTES) notes.push({ at: 0, length: bytes.length, text: `message of ${bytes.length} bytes`, layer: 'link' })
	return { stage: 'message', bytes, notes }
}

/** The byte at which each character of a text stands; false where the text does not say (bytes that are no UTF-8). */
function placesOf(text: string, length: number): Uint32Array | false {
	const places = new Uint32Array(text.length + 1)
	let at = 0
	for (let next = 0; next < text.length; next++) {
		places[next] = at
		const unit = text.charCodeAt(next)
		// A pair of surrogates has four bytes, two for each.
		at += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
	}
	places[text.length] = at
	return at === length ? places : false
}

function depthOf(text: string): number {
	let [depth, most] = [0, 0]
	for (const char of text) {
		if (char === '{' || char === '[') most = Math.max(most, ++depth)
		else if (char === '}' || char === ']') depth--
	}
	return most
}

/** The notes of a message while it is looked through. */
class Explained {
	readonly #notes: Note[]
	readonly #places: Uint32Array | undefined
	readonly #length: number
	/** The objects and lists that are open, each with the step that is looked at in it. */
	readonly #open: { note: Note | undefined; isList: boolean; step: Step }[] = []

	/** `length`: characters of the text. */
	constructor(notes: Note[], places: Uint32Array | undefined, length: number) {
		this.#notes = notes
		this.#places = places
		this.#length = length
	}

	get visitor(): JSONVisitor {
		return {
			onObjectBegin: (at) => this.#begin(at, false),
			onArrayBegin: (at) => this.#begin(at, true),
			onObjectEnd: (at) => this.#end(at),
			onArrayEnd: (at) => this.#end(at),
			onObjectProperty: (name, at, length) => {
				const last = this.#open.at(-1)
				if (last) last.step = name
				this.#add(at, length, `the name ${name}`, 'application')
			},
			onSeparator: (character) => {
				const last = this.#open.at(-1)
				if (character === ',' && last?.isList) last.step = Number(last.step) + 1
			},
			onLiteralValue: (value, at, length) => {
				const name = this.#open.findLast(({ isList }) => !isList)?.step
				const note = this.#add(at, length, `${name === undefined ? '' : `${name} = `}${String(value)}`, 'value')
				if (note) note.of = [jsonPath(this.#open.map(({ step }) => step))]
			},
		}
	}

	#begin(at: number, isList: boolean): void {
		const note = this.#add(at, 1, isList ? 'list' : 'object', 'application')
		this.#open.push({ note, isList, step: isList ? 0 : '' })
	}

	#end(at: number): void {
		const note = this.#open.pop()?.note
		if (note) note.length = this.#place(at + 1) - note.at
	}

	#add(from: number, length: number, text: string, layer: Layer): Note | undefined {
		if (this.#notes.length >= MAX_NOTES) return undefined
		const at = this.#place(from)
		const note: Note = { at, length: this.#place(from + length) - at, text: visible(text), layer }
		this.#notes.push(note)
		return note
	}

	#place(at: number): number {
		// An object that does not end is said to end behind the text.
		const place = Math.min(at, this.#length)
		return this.#places ? (this.#places[place] as number) : place
	}
}
