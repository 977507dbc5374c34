import type { Reason } from '../../schema/types/diagnostics.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Telegram } from '../telegram/telegram.ts'
import type { Issue } from '../transform/expect.ts'
import type { ScopeContext } from '../transform/shown.ts'
import type { Sums } from '../transform/totals.ts'
import type { Memory } from './memory.ts'

/** A reading, with what it is made of. `sums`: its fields that are the sum of others. */
type ReadingOutcome = {
	kind: 'reading'
	reading: Reading
	issues: Issue[]
	bytes: Uint8Array
	telegram: Telegram
	context: ScopeContext
	sums: Sums | undefined
}

/** The result of bytes or a message. `bytes`: of the frames that it took. */
export type Outcome =
	| ReadingOutcome
	| { kind: 'rejected'; reason: Reason; detail: string; bytes: Uint8Array; issues?: Issue[] }
	| { kind: 'discarded'; reason: Reason; bytes: Uint8Array }

/** A whole telegram, not read: a reader's. `topic`: of the message that it came in. */
export type Framed = { kind: 'framed'; bytes: Uint8Array; received: number; seq: number; topic?: string }

/** At once, or a promise where something before it, or an expression, has to be waited for. */
export type Soon<T> = T | Promise<T>

/**
 * One meter's pipeline: bytes or messages in, outcomes out, in order. Calls may overlap; each waits for those before it.
 * Times (`received`, ms since 1970) are arguments, and so is the clock of the processor.
 */
export type Pipeline<O> = {
	push(chunk: Uint8Array, received: number): Soon<O[]>
	message(message: Message, received: number): Soon<O[]>
	/** A telegram that a reader published: `received`, `session`, `seq` and `topic` are in its properties, where the broker speaks MQTT 5. */
	raw(message: Message, received: number): Soon<O[]>
	/** Nothing came for a while: what is held is decided. */
	idle(received: number): Soon<O[]>
	/** The window of a telegram that comes in several messages and has begun: `idle` is due at its end. */
	window(): Window | undefined
	/** Takes another profile between two telegrams; bytes of a telegram that has begun are decoded by the new one. */
	swap(profile: CompiledProfile, received: number): Soon<O[]>
	/** Forgets earlier telegrams: a recording starts over. */
	restart(clockShift: number): Soon<void>
	/** Says how link layer and application were detected, where the profile leaves that to the bytes. */
	detected(): string | undefined
	/** Frames whose checksum was right, or messages, so far. */
	frames(): number
	/** The seq of its next reading. */
	count(): number
	/** Gives the memory of its telegrams so far. */
	memory(): Memory
}

/** The time in which the messages of one telegram come: when its first one came (ms since 1970), and how many milliseconds it lasts. */
export type Window = { since: number; length: number }

/** Longest message that is looked at: 64 kB. */
export const MAX_MESSAGE = 64 * 1024
