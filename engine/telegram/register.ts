import type { Clock } from './clock.ts'
import { type Code, codeInUnit, codeOf } from './code.ts'

/** A number as it was sent: `raw` × 10^`scaler`, in `unit` (SI). Without a scaler it is unscaled: its size is not known. */
export type NumberValue = { kind: 'number'; raw: number | bigint; scaler?: number; unit?: string }

/** A value that a register holds. */
export type Value =
	| NumberValue
	| { kind: 'text'; text: string }
	| { kind: 'boolean'; value: boolean }
	| { kind: 'clock'; clock: Clock }
	/** Several values under one code, as text (P1 logs). */
	| { kind: 'list'; items: string[] }
	/** Sent, but empty: null-data, or a structure that no rule covers. */
	| { kind: 'none' }

/** Makes the value of the bytes from `from` up to `to`. */
export type ReadValue = (bytes: Uint8Array, from: number, to: number) => Value

/**
 * One row of a telegram: a code and its value. Numbers stand in the row as they were sent; of everything else the row has the place in the
 * bytes, and `value` reads it when somebody asks.
 */
export class Register {
	readonly code: Code
	/** COSEM attribute; 2 is the value. */
	readonly attribute: number
	readonly isNumber: boolean
	/** The number as it was sent, its power of ten (undefined: nobody stated one) and its SI unit. */
	raw: number | bigint
	scaler: number | undefined
	unit: string | undefined
	/** Status word of this value (SML). */
	status: number | bigint | undefined
	/** The time of this value, where one is sent beside it (P1 sub-meters, demand maxima). */
	time: Clock | undefined
	private readonly place: Place | undefined

	/** `place`: of a value that is no number. */
	constructor(code: Code, attribute: number, place: Place | undefined) {
		this.code = code
		this.attribute = attribute
		this.isNumber = place === undefined
		this.raw = 0
		this.scaler = undefined
		this.unit = undefined
		this.status = undefined
		this.time = undefined
		this.place = place
	}

	/** `A-B:C.D.E`, with `*F` when F is not 255; a code of IEC 62056-21 as it was sent. */
	get obis(): string {
		return this.code.text
	}

	/** The value as an object, made for whoever asks. */
	get value(): Value {
		return this.place ? this.place.value : numberValue(this.raw, this.scaler, this.unit)
	}
}

/** The place of a value in the bytes. A class of its own: most rows are numbers, and have none. */
class Place {
	private readonly bytes: Uint8Array
	private readonly from: number
	private readonly to: number
	private readonly read: ReadValue
	private known: Value | undefined

	constructor(bytes: Uint8Array, from: number, to: number, read: ReadValue) {
		this.bytes = bytes
		this.from = from
		this.to = to
		this.read = read
	}

	/** The value there, read once. */
	get value(): Value {
		this.known ??= this.read(this.bytes, this.from, this.to)
		return this.known
	}
}

/** Makes a number of its parts. */
export function numberValue(raw: number | bigint, scaler: number | undefined, unit: string | undefined): NumberValue {
	const value: NumberValue = { kind: 'number', raw }
	if (scaler !== undefined) value.scaler = scaler
	if (unit !== undefined) value.unit = unit
	return value
}

/** Makes the row of a value that stands in the bytes from `from` up to `to`. */
export function registerAt(code: Code, attribute: number, bytes: Uint8Array, from: number, to: number, read: ReadValue): Register {
	return new Register(code, attribute, new Place(bytes, from, to, read))
}

const NOTHING = new Uint8Array(0)

/** Makes the row of a number. */
export function numberRegister(
	code: Code,
	raw: number | bigint,
	scaler: number | undefined,
	unit: string | undefined,
	attribute = 2,
): Register {
	const register = new Register(codeInUnit(code, unit), attribute, undefined)
	register.raw = raw
	register.scaler = scaler
	register.unit = unit
	return register
}

/** Makes the row of a value that is known already. */
export function registerOf(code: Code | string, value: Value, attribute = 2): Register {
	const known = typeof code === 'string' ? codeOf(code) : code
	if (value.kind === 'number') return numberRegister(known, value.raw, value.scaler, value.unit, attribute)
	return registerAt(known, attribute, NOTHING, 0, 0, () => value)
}
