import type { Reason } from '../../schema/types/diagnostics.ts'
import type { Decoder } from '../../schema/types/profile.ts'
import type { Clock } from './clock.ts'
import type { Register, Value } from './register.ts'

/** One data record of a wired M-Bus telegram (EN 13757-3). */
export type DataRecord = {
	/** `Instantaneous value`, `Maximum value`, `Minimum value`, `Value during error state`; `Actual value` or `Stored value` of the fixed structure. */
	function: string
	/** 0: now; 1 and more: earlier billing periods. Null where the structure has none. */
	storage: number | null
	/** Tariff and sub-unit; null where the record carries neither. */
	tariff: number | null
	device: number | null
	quantity: string | null
	value: Value
	/** The extensions that change the meaning of the value (VIFE), except powers of ten: `positive only`, `phase 1`, `VIFE 50`. */
	qualifiers: string[]
}

/** Whether a record is of the device itself, now, and nothing changes its meaning. */
export function isOwn({ storage, tariff, device, qualifiers }: DataRecord): boolean {
	return !storage && !tariff && !device && qualifiers.length === 0
}

/** How a value was sent: its type (`u32`, `octets`, `clock`; the kinds of `decoder.sequence`) and its content. */
export type Sent = { type: string; bytes: Uint8Array }

/** One telegram of a meter. */
export type Telegram = {
	kind: 'telegram'
	application: NonNullable<Decoder['application']>
	/** `none`: sent in clear; `verified`: the GCM tag is right; `unverified`: decrypted without an authentication key. */
	auth: 'none' | 'verified' | 'unverified'
	meterId?: string
	/** The meter's clock register, or else the notification's own time. */
	clock?: Clock & { source: 'meter' | 'telegram' }
	/** The table of its values, in wire order; a code may stand twice. */
	registers: Register[]
	/** Values without a code, in wire order. */
	sequence: Value[]
	/** How each of these was sent: what `decoder.sequence` is chosen by. Only when no value has a code. */
	sent?: Sent[]
	/** Lines of a text that could not be read, as sent, or keys of a message that stand twice; the others stand. */
	unread?: string[]
	/** Data records in wire order: wired M-Bus only. */
	records?: DataRecord[]
	/** The device by its M-Bus header: type code, maker's three letters, version, status byte. */
	device?: { medium: number; manufacturer?: string; version?: number; status?: number }
	systemTitle?: string
	invocationCounter?: number
	/** The payload of a JSON telegram. */
	json?: unknown
}

/**
 * A frame that gave no telegram, and why. `place`: of the value that does not fit, in a list without codes; `read`: what was read of it before, where
 * somebody asked for an explanation.
 */
export type Rejected = { kind: 'rejected'; reason: Reason; detail: string; place?: number; read?: Telegram }

/** Makes a Rejected. */
export function rejected(reason: Reason, detail: string): Rejected {
	return { kind: 'rejected', reason, detail }
}

/** Keys of one meter: 16 bytes (suites 0 and 1) or 32 (suite 2). */
export type Keys = { encryption?: Uint8Array; authentication?: Uint8Array }
