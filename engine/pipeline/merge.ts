import { json } from '../application/json.ts'
import { plainValue } from '../application/value.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import type { Place } from './accept.ts'
import type { Origin } from './deliveries.ts'
import { MAX_MESSAGE, type Outcome, type Window } from './pipeline.ts'

/** A telegram of an adapter: of one message, or merged of several. `received`, `levels` and `origin` are those of its last message. */
export type Merged = {
	telegram: Telegram
	bytes: Uint8Array
	received: number
	levels: Record<string, string>
	origin: Origin | undefined
}

/** The messages of a telegram that has begun. */
type Held = Omit<Merged, 'telegram' | 'bytes'> & { since: number; json: Tree; names: Set<string>; size: number; unread: string[] }
type Tree = { [name: string]: unknown }

/** More names than any adapter has for one meter. */
const MAX_NAMES = 256

/** Makes telegrams of an adapter's messages: of each its own, or of all that come within a window (`transport.merge`), by their names. */
export class Merge {
	readonly #application: 'json' | 'value'
	readonly #length: number | undefined
	readonly #until: string | undefined
	#held: Held | undefined

	constructor({ transport: { merge }, decoder }: CompiledProfile['document']) {
		this.#application = decoder.application === 'value' ? 'value' : 'json'
		this.#length = merge && (merge.window ?? 1000)
		this.#until = merge?.until
	}

	/** The window of the telegram that has begun. */
	get window(): Window | undefined {
		return this.#held && this.#length !== undefined ? { since: this.#held.since, length: this.#length } : undefined
	}

	/** The topic's levels of the telegram that has begun. */
	get levels(): Record<string, string> | undefined {
		return this.#held?.levels
	}

	/** Takes a message and gives what it completed: the telegram before it, its own, both or none. */
	take(payload: Uint8Array, { levels, name }: Place, received: number, origin: Origin | undefined): (Merged | Outcome)[] {
		// What another process merged, or what needs no name.
		if (name === undefined) return [this.#whole(payload, { levels, received, origin })]
		const read = this.#valueOf(payload)
		if ('kind' in read) return [{ ...read, bytes: payload }]
		if (read.value === undefined) return [{ kind: 'discarded', reason: 'noise', bytes: payload }]
		const key = name.join('/')
		const isOver = this.#held !== undefined && (this.#held.names.has(key) || Math.abs(received - this.#held.since) > (this.#length ?? 0))
		const before = isOver ? this.end() : []
		const held = this.#held ?? { since: received, received, levels, origin, json: tree(), names: new Set(), size: 0, unread: [] }
		if (held.names.size >= MAX_NAMES || held.size + payload.length > MAX_MESSAGE) {
			const detail = `one telegram of more than ${MAX_NAMES} messages or ${MAX_MESSAGE} bytes: is transport.merge.window too long?`
			return [...before, { kind: 'rejected', reason: 'limit', detail, bytes: payload }]
		}
		if (!put(held.json, name, read.value)) {
			const detail = `${key.slice(0, 100)} is a value and a group of values: name both by transport.merge.by`
			return [...before, { kind: 'rejected', reason: 'layout', detail, bytes: payload }]
		}
		held.names.add(key)
		held.unread.push(...(('unread' in read && read.unread) || []))
		this.#held = { ...held, received, levels: { ...held.levels, ...levels }, origin, size: held.size + payload.length }
		return this.#length === undefined || key === this.#until ? [...before, ...this.end()] : before
	}

	/** Ends the telegram that has begun, and gives it. */
	end(): Merged[] {
		if (!this.#held) return []
		const { json: values, received, levels, origin, unread } = this.#held
		this.#held = undefined
		const telegram = this.#telegram(values, unread.length > 0 ? unread : undefined)
		return [{ telegram, bytes: new TextEncoder().encode(JSON.stringify(values)), received, levels, origin }]
	}

	#whole(payload: Uint8Array, rest: Omit<Merged, 'telegram' | 'bytes'>): Merged | Outcome {
		const telegram = json(payload)
		if (telegram.kind === 'telegram') return { telegram: this.#telegram(telegram.json, telegram.unread), bytes: payload, ...rest }
		const hint =
			this.#application === 'value' ? '; a single value needs its topic, which only a broker of MQTT 5 keeps for a translator' : ''
		return { ...rejected(telegram.reason, telegram.detail + hint), bytes: payload }
	}

	#valueOf(payload: Uint8Array): { value: unknown; unread?: string[] | undefined } | Rejected {
		if (this.#application === 'value') return plainValue(payload)
		const telegram = json(payload)
		return telegram.kind === 'telegram' ? { value: telegram.json, unread: telegram.unread } : telegram
	}

	#telegram(values: unknown, unread?: string[]): Telegram {
		const telegram: Telegram = { kind: 'telegram', application: this.#application, auth: 'none', registers: [], sequence: [], json: values }
		if (unread) telegram.unread = unread
		return telegram
	}
}

/** Names come from topics: none of them may reach a prototype. */
const tree = (): Tree => Object.create(null)

/** Puts a value into the tree under its name; false where a value stands in its way. */
function put(root: Tree, name: string[], value: unknown): boolean {
	let at = root
	for (const level of name.slice(0, -1)) {
		at[level] ??= tree()
		const next = at[level]
		if (typeof next !== 'object' || next === null || Object.getPrototypeOf(next) !== null) return false
		at = next as Tree
	}
	const last = name.at(-1) ?? ''
	if (last in at) return false
	at[last] = value
	return true
}
