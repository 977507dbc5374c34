/** The value of a JSON text, exactly; `twice`: in words, the keys that an object has twice with different values, which are left out. */
export type Exact = { value: unknown; twice: string[] }

/** What is seen of a JSON text before it is read: how deep it nests, how many keys it has, and whether a number may not be what a double makes of it. */
export type Survey = { depth: number; keys: number; isLong: boolean }

/** Digits that every double keeps. */
const DIGITS = 15
const [QUOTE, BACKSLASH, COLON, ZERO, NINE] = [0x22, 0x5c, 0x3a, 0x30, 0x39]

/** Looks over a text, character by character. */
export function survey(text: string): Survey {
	let [depth, deepest, keys, digits, isLong, isText] = [0, 0, 0, 0, false, false]
	for (let at = 0; at < text.length; at++) {
		const char = text.charCodeAt(at)
		if (isText) {
			if (char === BACKSLASH) at++
			else if (char === QUOTE) isText = false
			continue
		}
		if (char >= ZERO && char <= NINE) {
			if (++digits > DIGITS) isLong = true
			continue
		}
		// The exponent of a number; true and false have no digit before their e.
		if (digits > 0 && (char === 0x65 || char === 0x45)) isLong = true
		digits = 0
		if (char === QUOTE) isText = true
		else if (char === COLON) keys++
		else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth)
		else if (char === 0x7d || char === 0x5d) depth--
	}
	return { depth: deepest, keys, isLong }
}

/** Counts the keys of all objects in a value: fewer than its text has where one stands twice. */
export function keysIn(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0
	let count = 0
	if (Array.isArray(value)) for (const inner of value) count += keysIn(inner)
	else
		for (const key in value) {
			const inner = (value as Record<string, unknown>)[key]
			count++
			if (typeof inner === 'object') count += keysIn(inner)
		}
	return count
}

/**
 * Reads a text that JSON.parse has read, slowly and exactly: integers that a double does not hold, and numbers that are too large for one, stay the text
 * that was sent; a key that stands twice is left out, unless both have the same value: nobody knows which one is meant.
 */
export function readExactly(text: string): Exact {
	const reader = new Reader(text)
	return { value: reader.value(), twice: reader.twice }
}

class Reader {
	readonly twice: string[] = []
	readonly #text: string
	#at = 0

	constructor(text: string) {
		this.#text = text
	}

	value(): unknown {
		const char = this.#next()
		if (char === '{') return this.#object()
		if (char === '[') return this.#list()
		return char === '"' ? this.#string() : this.#plain()
	}

	/** The next character that is not white space. */
	#next(): string {
		while (' \n\r\t'.includes(this.#text.charAt(this.#at))) this.#at++
		return this.#text.charAt(this.#at)
	}

	#object(): object {
		const object: Record<string, unknown> = {}
		const doubled = new Set<string>()
		this.#at++
		while (this.#next() !== '}') {
			if (this.#next() === ',') this.#at++
			this.#next()
			const key = this.#string()
			this.#next()
			this.#at++
			const value = this.value()
			// It could reach a prototype.
			if (key === '__proto__') continue
			const before = object[key]
			if (!Object.hasOwn(object, key) && !doubled.has(key)) object[key] = value
			else if (JSON.stringify(value) !== JSON.stringify(before)) {
				doubled.add(key)
				delete object[key]
				this.twice.push(`"${key.slice(0, 60)}" is ${shown(before)} and ${shown(value)}`)
			}
		}
		this.#at++
		return object
	}

	#list(): unknown[] {
		const list: unknown[] = []
		this.#at++
		while (this.#next() !== ']') {
			if (this.#next() === ',') this.#at++
			list.push(this.value())
		}
		this.#at++
		return list
	}

	#string(): string {
		const begin = this.#at++
		while (this.#text.charAt(this.#at) !== '"') this.#at += this.#text.charAt(this.#at) === '\\' ? 2 : 1
		return JSON.parse(this.#text.slice(begin, ++this.#at))
	}

	/** A number, true, false or null. */
	#plain(): unknown {
		const begin = this.#at
		while (this.#at < this.#text.length && !' \n\r\t,]}'.includes(this.#text.charAt(this.#at))) this.#at++
		const word = this.#text.slice(begin, this.#at)
		const value: unknown = JSON.parse(word)
		const isExact = typeof value !== 'number' || Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
		return isExact ? value : word
	}
}

const shown = (value: unknown) => (value === undefined ? 'something else' : JSON.stringify(value).slice(0, 40))
