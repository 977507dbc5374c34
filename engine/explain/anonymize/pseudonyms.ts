import { createHash } from 'node:crypto'
import { fromHex, fromLatin1, hex, latin1, printable } from '../../bytes/hex.ts'

/** Digits from which on a number is searched for everywhere: shorter ones could be a value. */
const LEAST_DIGITS = 7

/**
 * The ids of a recording, each with another one that stands for it everywhere: as text, as hex, as digits two to a byte, as a binary number, in both orders of the bytes.
 * The same salt gives the same ones.
 */
export class Pseudonyms {
	readonly #salt: string
	/** From a form of an id to the same form of its pseudonym, as Latin-1. */
	readonly #forms = new Map<string, string>()
	#search: RegExp | undefined

	constructor(salt: string) {
		this.#salt = salt
	}

	/** Gives the other id for a text: its digits become others, letters and zeros in front stay. One without a digit but 0 stays as it is. */
	text(id: string): string {
		if (!/[1-9]/.test(id)) return id
		const known = this.#forms.get(id)
		if (known !== undefined) return known
		const other = /^\d+$/.test(id) ? this.#number(id) : this.#mixed(id)
		this.#add(id, other)
		this.#add(hex(fromLatin1(id)), hex(fromLatin1(other)))
		this.#add(hex(fromLatin1(id)).toLowerCase(), hex(fromLatin1(other)).toLowerCase())
		return other
	}

	/** Gives other octets for an id of octets, as many: a maker's three letters, all before them and zeros stay. A printable one is a text. */
	octets(id: Uint8Array): Uint8Array {
		if (printable(id)) return fromLatin1(this.text(latin1(id)))
		const letters = /^[\s\S]{0,4}?[A-Z]{3}/.exec(latin1(id))?.[0].length ?? 1
		const head = id.subarray(0, letters)
		const number = id.length - letters >= 4 ? new DataView(id.buffer, id.byteOffset + id.length - 4, 4).getUint32(0) : 0
		const isDecimal = number >= 10 ** (LEAST_DIGITS - 1) && number < 10 ** 8
		const other = isDecimal ? Uint8Array.from(id) : this.#octets(id, head.length)
		// As on the meter's face: `1 EMH 00 1234 5678`.
		if (isDecimal) new DataView(other.buffer).setUint32(other.length - 4, Number(this.text(String(number))))
		this.#addOctets(id, other)
		if (id.length - letters >= 5) this.#addOctets(id.subarray(-4), other.subarray(-4))
		return other
	}

	/** Gives octets that say nothing for a key or a signature, as many. */
	opaque(secret: Uint8Array): Uint8Array {
		const other = this.#octets(secret, 0)
		this.#addOctets(secret, other)
		return other
	}

	/** Takes a pair of texts (Latin-1) that are made elsewhere. */
	pair(from: string, to: string): void {
		this.#add(from, to)
	}

	/** Replaces every known form in a text. */
	replaced(text: string): string {
		if (this.#forms.size === 0) return text
		return text.replace(this.#pattern(), (found) => this.#forms.get(found) ?? found)
	}

	/** Replaces every known form in bytes: their number stays. */
	bytes(bytes: Uint8Array): Uint8Array {
		return fromLatin1(this.replaced(latin1(bytes)))
	}

	#pattern(): RegExp {
		const forms = [...this.#forms.keys()].sort((one, other) => other.length - one.length)
		this.#search ??= new RegExp(forms.map(escaped).join('|'), 'g')
		return this.#search
	}

	#add(from: string, to: string): void {
		if (from === to || this.#forms.has(from)) return
		this.#forms.set(from, to)
		this.#search = undefined
	}

	/** A short one says nothing, and stands in values. */
	#addOctets(from: Uint8Array, to: Uint8Array): void {
		if (from.length < 4 || new Set(from).size < 3 || from.filter((byte) => byte !== 0).length < 3) return
		for (const [one, other] of [
			[from, to],
			[Uint8Array.from(from).reverse(), Uint8Array.from(to).reverse()],
		] as const) {
			this.#add(latin1(one), latin1(other))
			this.#add(hex(one), hex(other))
			this.#add(hex(one).toLowerCase(), hex(other).toLowerCase())
		}
	}

	/** Another number of as many digits, not above it: it fits where that one did. */
	#number(id: string): string {
		const zeros = /^0*/.exec(id)?.[0] ?? ''
		const digits = id.slice(zeros.length)
		const first = Number(digits[0])
		let other = digits
		for (let round = 0; other === digits && round < 9; round++) {
			const digest = this.#digest(`${digits}${'+'.repeat(round)}`)
			const rest = [...digits.slice(1)].map((_, place) => (digest[(place + 1) % digest.length] ?? 0) % 10)
			other = `${first === 1 ? 1 : 1 + ((digest[0] ?? 0) % (first - 1))}${rest.join('')}`
		}
		if (digits.length >= LEAST_DIGITS) this.#addNumber(digits, other)
		return zeros + other
	}

	#addNumber(digits: string, other: string): void {
		this.#add(digits, other)
		const width = digits.length + (digits.length % 2)
		const bcd = (text: string) => fromHex(text.padStart(width, '0')) ?? new Uint8Array(0)
		this.#addOctets(bcd(digits), bcd(other))
		if (BigInt(digits) >= 2n ** 64n) return
		const size = BigInt(digits) < 2n ** 32n ? 8 : 16
		const binary = (text: string) => fromHex(BigInt(text).toString(16).padStart(size, '0')) ?? new Uint8Array(0)
		this.#addOctets(binary(digits), binary(other))
	}

	/** Letters stay. A long number in it is an id of its own, as it may stand alone elsewhere; one or two digits beside it are a medium or a block. */
	#mixed(id: string): string {
		const digest = this.#digest(id)
		const hasLong = new RegExp(`\\d{${LEAST_DIGITS}}`).test(id)
		const other = id.replace(/\d+/g, (run, at: number) => {
			if (run.length >= LEAST_DIGITS) return this.text(run)
			if (hasLong && run.length <= 2) return run
			return [...run].map((_, place) => (digest[(at + place) % digest.length] ?? 0) % 10).join('')
		})
		const [from, to] = [fromHex(id), fromHex(other)]
		if (from && to && id.length >= 8) this.#addOctets(from, to)
		return other
	}

	#octets(id: Uint8Array, kept: number): Uint8Array {
		const digest = this.#digest(hex(id))
		return id.map((byte, place) => {
			const made = (digest[place % digest.length] ?? 0) ^ Math.floor(place / digest.length)
			return place < kept || byte === 0 ? byte : made === byte || made === 0 ? byte ^ 0x55 || 0x55 : made
		})
	}

	#digest(text: string): Uint8Array {
		return createHash('sha256')
			.update(this.#salt + text)
			.digest()
	}
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
