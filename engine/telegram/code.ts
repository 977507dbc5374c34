import { latin1 } from '../bytes/hex.ts'
import { type Obis, obisOf, parseObis } from './obis.ts'

/** The code of a register, with everything that depends on the code alone: the same code is the same object for all telegrams. */
export class Code {
	/** A small number of its own; -1 where more codes came than are kept. */
	readonly id: number
	/** `A-B:C.D.E`, with `*F` when F is not 255; a code of IEC 62056-21 as it was sent. */
	readonly text: string
	/** Its groups; undefined where it was sent without them (IEC 62056-21: `1.8.0`, `C.1`). */
	readonly obis: Obis | undefined
	/** Its key in `obis` of expressions: `C.D.E` of the present value for medium 1 and 0-0, `C.D.E*101` of the last billing period; undefined for others. */
	readonly key: string | undefined
	/** The only unit that a number under this code can have; undefined where any can. A code without groups is one of medium 1. */
	readonly unit: string | undefined
	/** Whether it belongs to a meter behind the meter: A = 0, B > 0. */
	readonly isSubmeter: boolean
	/** Whether it is the meter's clock, 0-x:1.0.0. */
	readonly isClock: boolean

	/** `limit`: the unit of a limiter's threshold. */
	constructor(id: number, text: string, obis: Obis | undefined, limit = 'W') {
		this.id = id
		this.text = text
		this.obis = obis
		const key = keyOf(text, obis)
		const isLimit = key === LIMIT
		this.key = isLimit && limit !== 'W' ? `${key} ${limit}` : key
		this.unit = isLimit ? limit : (obis ?? parseObis(`1-0:${text}`))?.unit
		this.isSubmeter = obis?.a === 0 && obis.b > 0
		this.isClock = obis?.a === 0 && obis.short === '1.0.0' && obis.f === 255
	}
}

/** The limiter's threshold: sent in W, in A (DSMR 3.0) or in VA (Luxembourg), which are three quantities. */
const LIMIT = '17.0.0'

/** Whether a code is that of a limit, whose unit only the meter can tell. */
export const isLimit = ({ key }: Code) => key === LIMIT

/** Gives the code of a number that is sent in a unit: a limit in A has the key `17.0.0 A`. */
export function codeInUnit(code: Code, unit: string | undefined): Code {
	return isLimit(code) && (unit === 'A' || unit === 'VA') ? new Code(-1, code.text, code.obis, unit) : code
}

function keyOf(text: string, obis: Obis | undefined): string | undefined {
	if (!obis) return /^[0-9A-Z.]+$/.test(text) ? text : undefined
	if (obis.a !== 1 && (obis.a !== 0 || obis.b !== 0)) return undefined
	// F from 101: the last billing period, the one before it … (IEC 62056-61, 5.6); lower ones count from when the meter was made.
	return obis.f === 255 ? obis.short : obis.f > 100 && obis.f <= 125 ? `${obis.short}*${obis.f}` : undefined
}

/** Codes that are kept: a town's meters send a few hundred. Codes that a stranger makes up beyond that are made each time. */
const MANY = 4096
let kept = 0
const byText = new Map<string, Code>()

/** Gives the code of a text: `A-B:C.D.E*F`, or a code of IEC 62056-21 as it was sent. */
export function codeOf(text: string): Code {
	const known = byText.get(text)
	if (known) return known
	const obis = parseObis(text)
	// Some meters write 1-0:01.08.00: the code stays as it was sent.
	return obis?.text === text ? codeOfGroups(obis.a, obis.b, obis.c, obis.d, obis.e, obis.f) : keep(text, obis)
}

function keep(text: string, obis: Obis | undefined): Code {
	if (kept >= MANY) return new Code(-1, text, obis)
	const code = new Code(kept++, text, obis)
	byText.set(text, code)
	return code
}

/** Codes by two numbers: an open hash table, since each of a telegram's codes is looked up in one. */
class Table {
	static readonly #SLOTS = 2 * MANY
	readonly #ones = new Int32Array(Table.#SLOTS)
	readonly #twos = new Int32Array(Table.#SLOTS)
	readonly #codes: (Code | undefined)[] = new Array(Table.#SLOTS).fill(undefined)
	#count = 0

	/** Gives the code at these numbers; makes and keeps it the first time. */
	get(one: number, two: number): Code | undefined {
		return this.#codes[this.#slot(one, two)]
	}

	set(one: number, two: number, code: Code): void {
		if (code.id < 0 || this.#count === MANY) return
		this.#count++
		const slot = this.#slot(one, two)
		this.#ones[slot] = one
		this.#twos[slot] = two
		this.#codes[slot] = code
	}

	/** Where these numbers stand, or would. */
	#slot(one: number, two: number): number {
		let slot = (Math.imul(one, 0x9e3779b1) ^ Math.imul(two, 0x85ebca6b)) >>> 19
		while (this.#codes[slot] && (this.#ones[slot] !== one || this.#twos[slot] !== two)) slot = (slot + 1) % Table.#SLOTS
		return slot
	}
}

const [byGroups, byCharacters] = [new Table(), new Table()]

/** Gives the code of six groups, 0 to 255 each. */
export function codeOfGroups(a: number, b: number, c: number, d: number, e: number, f: number): Code {
	return packed((a << 16) | (b << 8) | f, (c << 16) | (d << 8) | e)
}

/** The code of A, B and F, and of C, D and E. */
function packed(one: number, two: number): Code {
	const known = byGroups.get(one, two)
	if (known) return known
	const obis = obisOf(one >> 16, (one >> 8) & 0xff, two >> 16, (two >> 8) & 0xff, two & 0xff, one & 0xff)
	const code = keep(obis.text, obis)
	byGroups.set(one, two, code)
	return code
}

/** Gives the code of the six octets from `at`, which are there. */
export function codeAt(octets: Uint8Array, at: number): Code {
	const one = ((octets[at] as number) << 16) | ((octets[at + 1] as number) << 8) | (octets[at + 5] as number)
	return packed(one, ((octets[at + 2] as number) << 16) | ((octets[at + 3] as number) << 8) | (octets[at + 4] as number))
}

/** The characters of a code, `-` to `:`, tell themselves apart by their four low bits; two numbers hold fifteen and a mark of where they begin. */
const isOfCode = (byte: number) => byte >= 0x2d && byte <= 0x3a
const [SHORTEST, LONGEST] = [9, 15]

/** Where the characters end that `codeIn` read last. */
export const codeEnd = { at: 0 }

/** Gives the code that is written from `from` on, `A-B:C.D.E` with or without `.F`, up to the first character of another kind; undefined for others. */
export function codeIn(bytes: Uint8Array, from: number): Code | undefined {
	let [one, two, at] = [0, 1, from]
	for (; at < bytes.length && isOfCode(bytes[at] as number); at++) {
		one = (one << 4) | (two >>> 28)
		two = (two << 4) | ((bytes[at] as number) & 0x0f)
	}
	codeEnd.at = at
	if (at - from < SHORTEST) return undefined
	const isShort = at - from <= LONGEST
	const known = isShort ? byCharacters.get(one, two) : undefined
	if (known) return known
	const obis = parseObis(latin1(bytes, from, at))
	if (!obis) return undefined
	const code = codeOfGroups(obis.a, obis.b, obis.c, obis.d, obis.e, obis.f)
	if (isShort) byCharacters.set(one, two, code)
	return code
}
