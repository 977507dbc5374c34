import type { Decoded } from '../decode/decoder.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Place } from './accept.ts'
import { type Adapted, Adapter } from './adapter.ts'
import { Deliveries, type Told, toldBy } from './deliveries.ts'
import { after, InOrder } from './in-order.ts'
import { Input, NO_LEVELS } from './input.ts'
import { Judge, type TranslationSettings } from './judge.ts'
import { type Memory, restored } from './memory.ts'
import type { Outcome, Pipeline, Soon, Window } from './pipeline.ts'

/** Makes a meter's pipeline from bytes or messages to readings. */
export function readingPipeline(settings: TranslationSettings): Pipeline<Outcome> {
	return new Translation(settings)
}

class Translation implements Pipeline<Outcome> {
	readonly #input: Input
	readonly #before = new Deliveries()
	readonly #order = new InOrder()
	readonly #judge: Judge
	#adapter: Adapter

	constructor(settings: TranslationSettings) {
		this.#input = new Input(settings.profile, settings.keys)
		this.#adapter = new Adapter(settings.profile)
		this.#judge = new Judge({ ...settings, memory: restored(settings.memory, this.#before) })
	}

	push(chunk: Uint8Array, received: number): Soon<Outcome[]> {
		return this.#order.do(() => this.#outcomes(this.#input.push(chunk), received, NO_LEVELS))
	}

	idle(received: number): Soon<Outcome[]> {
		return this.#order.do(() => (this.#input.readsBytes ? this.#outcomes(this.#input.idle(), received, NO_LEVELS) : this.#ended()))
	}

	message(message: Message, received: number): Soon<Outcome[]> {
		return this.#order.do(() => {
			const admitted = this.#input.admit(message, message.topic, this.#adapter.levels)
			if ('kind' in admitted) return [admitted]
			// An adapter's message has no properties of ours, and its bytes may be a reader's.
			return this.#delivered(message.payload, this.#profile.document.transport.payload === 'hex', admitted, toldBy({}, received))
		})
	}

	raw(message: Message, received: number): Soon<Outcome[]> {
		return this.#order.do(() => {
			const told = toldBy(message.properties ?? {}, received)
			const admitted = this.#input.admit(message, told.topic, this.#adapter.levels)
			return 'kind' in admitted ? [admitted] : this.#delivered(message.payload, false, admitted, told)
		})
	}

	swap(next: CompiledProfile, received: number): Soon<Outcome[]> {
		return this.#order.do(() => {
			// Messages of a telegram that has begun are read by the profile under which they came.
			const ended = this.#ended()
			const swapped = () => this.#swapped(next, received)
			if (ended instanceof Promise) return ended.then(async (first) => [...first, ...(await swapped())])
			return ended.length === 0 ? swapped() : after(swapped(), (rest) => ended.concat(rest))
		})
	}

	restart(clockShift: number): Soon<void> {
		return this.#order.do(() => {
			this.#input.restart()
			this.#adapter = new Adapter(this.#profile)
			this.#judge.restart(clockShift)
		})
	}

	window(): Window | undefined {
		return this.#adapter.window
	}

	detected(): string | undefined {
		return this.#input.detected()
	}

	count(): number {
		return this.#judge.count
	}

	memory(): Memory {
		return this.#judge.memory
	}

	frames(): number {
		return this.#input.frames()
	}

	get #profile(): CompiledProfile {
		return this.#input.profile
	}

	#swapped(next: CompiledProfile, received: number): Soon<Outcome[]> {
		this.#judge.swap(next)
		this.#adapter = this.#adapter.next(next)
		return this.#outcomes(this.#input.swap(next), received, NO_LEVELS)
	}

	/** A payload, with what its reader tells: when it arrived, in which session, and how many there were before. */
	#delivered(payload: Uint8Array, isHex: boolean, place: Place, { received, origin }: Told): Soon<Outcome[]> {
		const isKnown = origin !== undefined && this.#before.has(origin)
		const likely = origin && this.#before.follows(origin) ? { ...origin } : undefined
		const bytes = this.#input.bytesOf(payload, isHex)
		if ('kind' in bytes) return [bytes]
		if (!this.#input.readsBytes) {
			if (isKnown) return [{ kind: 'discarded', reason: 'duplicate', bytes }]
			if (origin) this.#judge.delivered(this.#before, origin)
			return this.#inTurn(this.#adapter.take(bytes, place, received, likely))
		}
		const decoded = [...this.#input.push(bytes), ...this.#input.idle()]
		// Whether one that a tag proves was there before, its own counter says: nothing guards what is told with it.
		const isProven = decoded.every((item) => !('telegram' in item) || item.telegram.auth === 'verified')
		if (isKnown && !isProven) return [{ kind: 'discarded', reason: 'duplicate', bytes }]
		this.#judge.origin = likely
		return after(this.#outcomes(decoded, received, place.levels), (outcomes) => {
			const accepted = outcomes.filter(({ kind }) => kind === 'reading').length
			if (origin && accepted > 0) this.#judge.delivered(this.#before, origin, accepted)
			return this.#bound(outcomes, place.levels)
		})
	}

	/** The outcomes of a message's payload that were its last: a reading binds the meter to its topic. */
	#bound(outcomes: Outcome[], levels: Record<string, string>): Outcome[] {
		this.#judge.origin = undefined
		if (outcomes.some(({ kind }) => kind === 'reading')) this.#input.bind(levels)
		return outcomes
	}

	/** The outcomes of a telegram that has begun: no message of it comes any more. */
	#ended(): Soon<Outcome[]> {
		return this.#inTurn(this.#adapter.end())
	}

	/** The outcomes of an adapter's telegrams, and of messages that are none. */
	#inTurn(items: (Adapted | Outcome)[], outcomes: Outcome[] = []): Soon<Outcome[]> {
		for (const [place, item] of items.entries()) {
			const found = 'kind' in item ? [item] : this.#adapted(item)
			if (found instanceof Promise) return found.then((later) => this.#inTurn(items.slice(place + 1), [...outcomes, ...later]))
			outcomes.push(...found)
		}
		return outcomes
	}

	#adapted(item: Adapted): Soon<Outcome[]> {
		const { telegram, bytes, received, levels, origin } = item
		this.#judge.origin = origin && { ...origin }
		return after(this.#outcomes([{ telegram, bytes }], received, levels), (outcomes) => {
			if (outcomes.some(({ kind }) => kind === 'reading')) this.#adapter.bind(item)
			return this.#bound(outcomes, levels)
		})
	}

	/** The outcomes in order; those that must be waited for hold up the ones behind them. */
	#outcomes(decoded: Decoded[], received: number, topic: Record<string, string>, outcomes: Outcome[] = []): Soon<Outcome[]> {
		for (let at = outcomes.length; at < decoded.length; at++) {
			const item = decoded[at] as Decoded
			const outcome = 'telegram' in item ? this.#judge.judge(item.telegram, item.bytes, received, topic) : item
			if (outcome instanceof Promise)
				return outcome.then((one) => {
					outcomes.push(one)
					return this.#outcomes(decoded, received, topic, outcomes)
				})
			outcomes.push(outcome)
		}
		return outcomes
	}
}
