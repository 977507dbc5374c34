import { fromHex, latin1 } from '../bytes/hex.ts'
import { autoDecoder } from '../decode/auto.ts'
import { type Decoded, type Decoder, decoder, decoderSettings } from '../decode/decoder.ts'
import { readsMessages } from '../decode/registry.ts'
import type { Message } from '../mqtt/message.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys } from '../telegram/telegram.ts'
import { type Accept, accept, type Place } from './accept.ts'
import { MAX_MESSAGE, type Outcome } from './pipeline.ts'

/** The outcome of bytes that gave no telegram. */
export type Refused = Exclude<Outcome, { kind: 'reading' }>

/** Bytes from a line have no topic. */
export const NO_LEVELS: Record<string, string> = Object.freeze({})

/** The input of one meter: bytes by the decoder of its profile, or messages of its adapter; over every change of the profile. */
export class Input {
	profile: CompiledProfile
	readonly #keys: Keys | undefined
	#decoder: Decoder | undefined
	#accept: Accept
	#framesBefore = 0
	#messages = 0

	/** Without keys (`undefined`) every ciphered telegram is only told by its frames. */
	constructor(profile: CompiledProfile, keys: Keys | undefined) {
		this.profile = profile
		this.#keys = keys
		this.#decoder = open(profile, keys)
		this.#accept = accept(profile.document)
	}

	/** Whether it takes bytes; else the messages of an adapter. */
	get readsBytes(): boolean {
		return this.#decoder !== undefined
	}

	push(chunk: Uint8Array): Decoded[] {
		return this.#decoder?.push(chunk) ?? []
	}

	idle(): Decoded[] {
		return this.#decoder?.idle() ?? []
	}

	/** Tells where a message's adapter published it, if its topic is known, or why it is refused. `held`: levels of the telegram that has begun. */
	admit(message: Message, topic: string | undefined, held?: Record<string, string>): Place | Refused {
		this.#messages++
		// The broker kept it from before: nothing says from when, and it would come again after each start.
		if (message.retain) return { kind: 'discarded', reason: 'duplicate', bytes: message.payload }
		return topic === undefined ? { levels: NO_LEVELS } : this.#accept.admit({ topic, payload: message.payload, retain: false }, held)
	}

	/** Binds the input to the meter that these levels name: a reading came of them. */
	bind(levels: Record<string, string>): void {
		this.#accept.bind(levels)
	}

	/** The bytes of a whole message, as hex digits where the profile says so; or why they are refused. */
	bytesOf(payload: Uint8Array, isHex: boolean): Uint8Array | Refused {
		if (payload.length > MAX_MESSAGE) {
			const detail = `a message of ${payload.length} bytes; ${MAX_MESSAGE} are accepted`
			return { kind: 'rejected', reason: 'limit', detail, bytes: payload }
		}
		const bytes = isHex && this.readsBytes ? fromHex(latin1(payload)) : payload
		return bytes ?? { kind: 'rejected', reason: 'syntax', detail: `no hex digits: ${latin1(payload.subarray(0, 60))}`, bytes: payload }
	}

	/** Goes on with another profile: bytes of a telegram that has begun are decoded by the new one. Gives what they were. */
	swap(next: CompiledProfile): Decoded[] {
		const changed = changes(this.profile, next)
		this.profile = next
		this.#accept = accept(next.document, changed.has('transport') ? undefined : this.#accept.bound())
		if (!changed.has('decoder')) return []
		const held = this.#decoder?.resume() ?? new Uint8Array(0)
		this.restart()
		return held.length > 0 ? this.push(held) : []
	}

	/** Begins with a fresh decoder. */
	restart(): void {
		this.#framesBefore += this.#decoder?.frames() ?? 0
		this.#decoder = open(this.profile, this.#keys)
	}

	/** Says how link layer and application were detected, where the profile leaves that to the bytes. */
	detected(): string | undefined {
		return this.#decoder?.detected?.()
	}

	/** Frames whose checksum was right, and messages, so far. */
	frames(): number {
		return this.#messages + this.#framesBefore + (this.#decoder?.frames() ?? 0)
	}
}

/** The decoder of a profile that reads bytes; undefined where messages are read. */
function open({ document }: CompiledProfile, keys: Keys | undefined): Decoder | undefined {
	const { link, application } = document.decoder
	if (readsMessages(application) || link === undefined) return undefined
	const { authenticationData: _published, ...section } = document.decoder
	// Whether a telegram must be authenticated is for those to say who hold the keys.
	const settings = keys ? decoderSettings(document.decoder, keys) : decoderSettings({ ...section, authentication: 'optional' }, {})
	if (link === 'auto') return autoDecoder(settings, application)
	return application && decoder({ link, application, ...settings })
}
