import type { Reading } from '../../schema/types/reading.ts'
import type { Decoded } from '../decode/decoder.ts'
import type { Message } from '../mqtt/message.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { powerMismatch } from '../transform/expect.ts'
import { type ReadingContext, type ReadingResult, readingOf } from '../transform/reading.ts'
import type { Place } from './accept.ts'
import { type Adapted, Adapter } from './adapter.ts'
import { judgeCounter } from './counter.ts'
import { Deliveries, type Origin, originOf } from './deliveries.ts'
import { after, InOrder } from './in-order.ts'
import { Input, NO_LEVELS } from './input.ts'
import { counted, type Memory, remembered, restored } from './memory.ts'
import type { Outcome, Pipeline, Soon, Window } from './pipeline.ts'
import { Slope } from './slope.ts'

export type TranslationSettings = {
	/** Name in the config, and in the topics. */
	name: string
	/** Id for meters that send none. */
	id: string
	profile: CompiledProfile
	keys: Keys
	/** Start of the process, ms since 1970. */
	session: number
	/** The seq of its first reading. */
	seq: number
	/** The memory of its earlier telegrams. */
	memory?: Memory
	/** Whether telegrams arrive just now: those of another meter on the same line are rejected while this one is heard, and clocks compared with the time of arrival. */
	live?: boolean
}

/** Makes a meter's pipeline from bytes or messages to readings. */
export function readingPipeline(settings: TranslationSettings): Pipeline<Outcome> {
	return new Translation(settings)
}

/** Milliseconds without a telegram after which another meter may stand on its line; three intervals, where those are longer. */
const MIN_SILENCE = 60_000
/** One may be of a machine that is busy with something else. */
const MAX_BREACHES = 3
/** Stands for no channels and for no expectations. */
const NOTHING = {}
/** Codes of issues that say that the telegram may not be the meter's. */
const IMPLAUSIBLE = new Set(['range', 'falling', 'leap'])

/** Only to measure how long expressions take. */
const now = () => performance.now()

class Translation implements Pipeline<Outcome> {
	readonly #settings: TranslationSettings
	readonly #input: Input
	readonly #before = new Deliveries()
	readonly #order = new InOrder()
	#slope = new Slope()
	#adapter: Adapter
	#seq: number
	#memory: Memory
	#clockShift = 0
	/** Telegrams in a row whose expressions took more than their time, and why nothing more is evaluated after too many. */
	#breaches = 0
	#suspended: string | undefined
	/** The meter that is heard on this line: its id, and when it was heard last. */
	#heard: { id: string; at: number } | undefined
	/** Session and count that the next reading has where a reader gave them. */
	#origin: Origin | undefined

	constructor(settings: TranslationSettings) {
		this.#settings = settings
		this.#input = new Input(settings.profile, settings.keys)
		this.#adapter = new Adapter(settings.profile)
		this.#seq = settings.seq
		this.#memory = restored(settings.memory, this.#before)
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
			return this.#delivered(message, this.#profile.document.transport.payload === 'hex', admitted, received)
		})
	}

	raw(message: Message, received: number): Soon<Outcome[]> {
		return this.#order.do(() => {
			const admitted = this.#input.admit(message, message.properties?.topic, this.#adapter.levels)
			return 'kind' in admitted ? [admitted] : this.#delivered(message, false, admitted, received)
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
			this.#clockShift = clockShift
			this.#memory = {}
		})
	}

	window(): Window | undefined {
		return this.#adapter.window
	}

	detected(): string | undefined {
		return this.#input.detected()
	}

	count(): number {
		return this.#seq
	}

	memory(): Memory {
		return this.#memory
	}

	frames(): number {
		return this.#input.frames()
	}

	get #profile(): CompiledProfile {
		return this.#input.profile
	}

	#swapped(next: CompiledProfile, received: number): Soon<Outcome[]> {
		if (changes(this.#profile, next).has('transport')) this.#heard = undefined
		this.#slope = new Slope()
		this.#breaches = 0
		this.#suspended = undefined
		this.#adapter = this.#adapter.next(next)
		return this.#outcomes(this.#input.swap(next), received, NO_LEVELS)
	}

	/** A payload, with what its reader tells: when it arrived, in which session, and how many there were before. */
	#delivered({ payload, properties = {} }: Message, isHex: boolean, place: Place, received: number): Soon<Outcome[]> {
		const arrived = Date.parse(properties.received ?? '')
		const at = Number.isNaN(arrived) ? received : arrived
		const origin = originOf(properties)
		if (origin && this.#before.has(origin)) return [{ kind: 'discarded', reason: 'duplicate', bytes: payload }]
		const bytes = this.#input.bytesOf(payload, isHex)
		if ('kind' in bytes) return [bytes]
		if (!this.#input.readsBytes) {
			if (origin) this.#memory = counted(this.#memory, this.#before, origin)
			return this.#inTurn(this.#adapter.take(bytes, place, at, origin))
		}
		this.#origin = origin && { ...origin }
		return after(this.#outcomes([...this.#input.push(bytes), ...this.#input.idle()], at, place.levels), (outcomes) => {
			const last = { ...origin, seq: Math.max(origin?.seq ?? 0, (this.#origin?.seq ?? 0) - 1) } as Origin
			if (origin) this.#memory = counted(this.#memory, this.#before, last)
			return this.#bound(outcomes, place.levels)
		})
	}

	/** The outcomes of a message's payload that were its last: a reading binds the meter to its topic. */
	#bound(outcomes: Outcome[], levels: Record<string, string>): Outcome[] {
		this.#origin = undefined
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
		this.#origin = origin && { ...origin }
		return after(this.#outcomes([{ telegram, bytes }], received, levels), (outcomes) => {
			if (outcomes.some(({ kind }) => kind === 'reading')) this.#adapter.bind(item)
			return this.#bound(outcomes, levels)
		})
	}

	/** The outcomes in order; those that must be waited for hold up the ones behind them. */
	#outcomes(decoded: Decoded[], received: number, topic: Record<string, string>, outcomes: Outcome[] = []): Soon<Outcome[]> {
		for (let at = outcomes.length; at < decoded.length; at++) {
			const item = decoded[at] as Decoded
			const outcome = 'telegram' in item ? this.#translated(item.telegram, item.bytes, received, topic) : item
			if (outcome instanceof Promise)
				return outcome.then((one) => {
					outcomes.push(one)
					return this.#outcomes(decoded, received, topic, outcomes)
				})
			outcomes.push(outcome)
		}
		return outcomes
	}

	#translated(telegram: Telegram, bytes: Uint8Array, received: number, topic: Record<string, string>): Soon<Outcome> {
		const { systemTitle, invocationCounter, auth } = telegram
		const isCounted = systemTitle !== undefined && invocationCounter !== undefined
		const verdict = isCounted ? judgeCounter(this.#memory.counter, systemTitle, invocationCounter, auth === 'verified') : undefined
		if (this.#suspended !== undefined) return { kind: 'rejected', reason: 'limit', detail: this.#suspended, bytes }
		if (verdict?.kind === 'duplicate') return { kind: 'discarded', reason: 'duplicate', bytes }
		if (verdict?.kind === 'replay') return { kind: 'rejected', reason: 'replay', detail: verdict.detail, bytes }
		const { document, transform, label } = this.#profile
		const context: ReadingContext = {
			timezone: document.meter?.timezone,
			received,
			topic,
			channel: document.decoder.channel ?? NOTHING,
			meter: this.#settings.name,
			// Its short lists may lack the id that its long ones have.
			id: this.#heardLately(received)?.id ?? this.#settings.id,
			profile: label,
			session: this.#origin?.session ?? this.#settings.session,
			seq: this.#origin?.seq ?? this.#seq,
			clock: now,
			clockShift: this.#clockShift,
			expect: document.expect ?? NOTHING,
			totals: this.#memory.totals,
			live: this.#settings.live === true && document.transport.kind !== 'capture',
		}
		return after(readingOf(telegram, transform, context), (found) => this.#judged(found, verdict?.next, telegram, bytes, context))
	}

	/** Judges a reading by all that is known of the meter. */
	#judged(result: ReadingResult, next: Memory['counter'], telegram: Telegram, bytes: Uint8Array, context: ReadingContext): Outcome {
		const { reading, issues, counting } = result
		const other = reading && this.#otherOf(reading, context.received)
		if (other !== undefined) return { kind: 'rejected', reason: 'unknown', detail: other, bytes }
		this.#breaches = issues.some(({ code }) => code === 'budget') ? this.#breaches + 1 : 0
		if (this.#breaches >= MAX_BREACHES)
			this.#suspended = `the expressions of ${this.#profile.label} took too long ${MAX_BREACHES} times: suspended until it changes`
		const plausible = reading !== undefined && !issues.some(({ code }) => IMPLAUSIBLE.has(code))
		// One forged telegram must not shut out the meter's own: what no tag proves counts only while it is plausible.
		const counter = next && (telegram.auth === 'verified' || plausible) ? next : this.#memory.counter
		this.#memory = remembered(this.#memory, counter, counting.count())
		if (!reading) {
			const why = issues.map(({ field, detail }) => `${field}: ${detail}`).join('; ')
			const detail = `decoded, and nothing of it is mapped by ${this.#profile.label}${why && ` (${why})`}`
			return { kind: 'rejected', reason: 'unknown', detail, bytes, issues }
		}
		if (this.#origin) this.#origin.seq++
		else this.#seq++
		const scale = this.#slope.take(reading, context.received, counting.meter)
		if (scale) {
			issues.push(scale)
			reading.issues = issues
		}
		// A doubt that is no reason to withhold a value: for the log and the counters only.
		const detail = powerMismatch(reading as unknown as Record<string, unknown>)
		const all = detail === undefined ? issues : [...issues, { field: 'power', code: 'mismatch', detail }]
		return { kind: 'reading', reading, issues: all, bytes, telegram, context, sums: counting.sums }
	}

	/** Two meters never merge: one that is heard keeps its line. A swapped one falls silent, and the new one is taken. */
	#otherOf({ id }: Reading, received: number): string | undefined {
		// One that sends no id is as good as any.
		if (id === this.#settings.id) return undefined
		const heard = this.#heardLately(received)
		const isLive = this.#settings.live === true && this.#profile.document.transport.kind !== 'capture'
		if (isLive && heard && heard.id !== id)
			return `a telegram of meter ${id.slice(0, 64)}: this one is ${heard.id.slice(0, 64)}, heard ${Math.round((received - heard.at) / 1000)} s ago (two meters on one line are not told apart)`
		this.#heard = { id, at: received }
		return undefined
	}

	/** The meter that is heard on this line; undefined after a silence. */
	#heardLately(received: number): { id: string; at: number } | undefined {
		const limit = Math.max(MIN_SILENCE, 3000 * (this.#profile.document.interval ?? 0))
		return this.#heard && received - this.#heard.at < limit ? this.#heard : undefined
	}
}
