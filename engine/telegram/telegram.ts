import type { Reason } from '../../schema/types/diagnostics.ts'
import type { Clock } from './clock.ts'

/** A number as it was sent: `raw` × 10^`scaler`, in `unit` (SI). Without a scaler it is unscaled: no one said what it means. */
export type NumberValue = { kind: 'number'; raw: number | bigint; scaler?: number; unit?: string }

/** What a register can hold. */
export type Value =
	| NumberValue
	| { kind: 'text'; text: string }
	| { kind: 'boolean'; value: boolean }
	| { kind: 'clock'; clock: Clock }
	/** Several values under one code, as text (P1 logs). */
	| { kind: 'list'; items: string[] }
	/** Sent, but empty: null-data, or a structure that no rule covers. */
	| { kind: 'none' }

export type Register = {
	/** `A-B:C.D.E`, with `*F` when F is not 255. */
	obis: string
	/** COSEM attribute; 2 is the value. */
	attribute: number
	value: Value
	/** The time of this value, where one is sent beside it (P1 sub-meters, demand maxima). */
	time?: Clock
}

/** What the meter said, once. */
export type Telegram = {
	kind: 'telegram'
	application: 'dlms' | 'p1' | 'json'
	/** `none`: sent in clear; `verified`: the GCM tag is right; `unverified`: decrypted without an authentication key. */
	auth: 'none' | 'verified' | 'unverified'
	meterId?: string
	/** The meter's clock register, or else the notification's own time. */
	clock?: Clock & { source: 'meter' | 'telegram' }
	/** In wire order; a code may stand twice. */
	registers: Register[]
	/** Values without a code, in wire order. */
	sequence: Value[]
	/** How many elements the list of values had: what `decoder.sequence` is chosen by. Only when no value has a code. */
	unnamed?: number
	systemTitle?: string
	invocationCounter?: number
	/** The payload of a JSON telegram. */
	json?: unknown
}

/** A frame that gave no telegram, and why. */
export type Rejected = { kind: 'rejected'; reason: Reason; detail: string }

/** Makes a Rejected. */
export function rejected(reason: Reason, detail: string): Rejected {
	return { kind: 'rejected', reason, detail }
}

/** Keys of one meter: 16 bytes (suites 0 and 1) or 32 (suite 2). */
export type Keys = { encryption?: Uint8Array; authentication?: Uint8Array }
