import type { Reading } from '../../schema/types/reading.ts'
import { Suspensions } from '../jsonata/suspension.ts'
import { changes } from '../profile/changes.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { powerMismatch } from '../transform/expect.ts'
import { type ReadingContext, type ReadingResult, readingOf } from '../transform/reading.ts'
import { Unproved } from '../transform/unproved.ts'
import { judgeCounter, judgeTag } from './counter.ts'
import type { Deliveries, Origin } from './deliveries.ts'
import { afterChange, type Habits, habitsOf, seeId, seeRows, usualOf, withUsual } from './habits.ts'
import { after } from './in-order.ts'
import { counted, type Memory, remembered, withProved } from './memory.ts'
import type { Outcome, Soon } from './pipeline.ts'
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
	/** Milliseconds of processor time: the last resort against expressions that take longer than their steps say. */
	cpu?: () => number
}

/** Milliseconds without a telegram after which another meter may stand on its line; three intervals, where those are longer. */
const MIN_SILENCE = 60_000
/** Stands for no channels and for no expectations. */
const NOTHING = {}
/** Codes of issues that say that the telegram may not be the meter's. */
const IMPLAUSIBLE = new Set(['range', 'falling', 'leap', 'contradiction'])

/** Makes readings of a meter's telegrams, and judges each by all that is known of the meter. */
export class Judge {
	/** Session and count that the next reading has where a reader gave them. */
	origin: Origin | undefined
	readonly #settings: TranslationSettings
	#profile: CompiledProfile
	#slope = new Slope()
	#seq: number
	#memory: Memory
	#clockShift = 0
	/** Fields whose expressions take too many steps. */
	#suspensions = new Suspensions()
	/** The meter that is heard on this line: its id, and when it was heard last. */
	#heard: { id: string; at: number } | undefined

	constructor(settings: TranslationSettings) {
		this.#settings = settings
		this.#profile = settings.profile
		this.#seq = settings.seq
		this.#memory = settings.memory ?? {}
	}

	/** The seq of its next reading. */
	get count(): number {
		return this.#seq
	}

	/** The memory of its telegrams so far. */
	get memory(): Memory {
		return this.#memory
	}

	/** Goes on with another profile. */
	swap(next: CompiledProfile): void {
		const changed = changes(this.#profile, next)
		if (changed.has('transport')) this.#heard = undefined
		const { habits } = this.#memory
		// Other scalers make other rows.
		if (habits && (changed.has('decoder') || changed.has('transform'))) this.#memory = { ...this.#memory, habits: afterChange(habits) }
		this.#profile = next
		this.#slope = new Slope()
		this.#suspensions = new Suspensions()
	}

	/** Forgets earlier telegrams: a recording starts over. */
	restart(clockShift: number): void {
		this.#clockShift = clockShift
		this.#memory = {}
	}

	/** Counts so many of a reader's telegrams as delivered, from this one on, also for the process that follows. */
	delivered(before: Deliveries, origin: Origin, count = 1): void {
		this.#memory = counted(this.#memory, before, origin, count)
	}

	/** Whether the profile's own lists of values without codes have a code. */
	#isStated = (code: string): boolean =>
		Object.values(this.#profile.document.decoder.sequence ?? {}).some((list) => list.some((entry) => entry?.split(' ', 1)[0] === code))

	/** Makes a reading of a telegram that arrived at that time (ms since 1970) under those levels of a topic, or says why it is refused. */
	judge(telegram: Telegram, bytes: Uint8Array, received: number, topic: Record<string, string>): Soon<Outcome> {
		const { systemTitle, invocationCounter, auth } = telegram
		const isCounted = systemTitle !== undefined && invocationCounter !== undefined
		const verdict = isCounted ? judgeCounter(this.#memory.counter, systemTitle, invocationCounter, auth === 'verified') : undefined
		if (verdict?.kind === 'duplicate') return { kind: 'discarded', reason: 'duplicate', bytes }
		if (verdict?.kind === 'replay') return { kind: 'rejected', reason: 'replay', detail: verdict.detail, bytes }
		const { document, transform, label } = this.#profile
		if (isCounted && document.decoder.authenticationData !== undefined) {
			const { proved, detail } = judgeTag(this.#memory.proved, auth)
			this.#memory = withProved(this.#memory, proved)
			if (detail !== undefined) return { kind: 'rejected', reason: 'tag', detail, bytes }
		}
		// No tag proves it: what the meter has always done has to.
		const seen = auth === 'unverified' ? seeRows(habitsOf(this.#memory.habits, telegram), telegram, this.#isStated) : undefined
		if (seen?.refusal !== undefined) {
			this.#memory = { ...this.#memory, habits: seen.habits }
			return { kind: 'rejected', reason: 'layout', detail: seen.refusal, bytes }
		}
		const context: ReadingContext = {
			timezone: document.meter?.timezone,
			received,
			topic,
			channel: document.decoder.channel ?? NOTHING,
			meter: this.#settings.name,
			// Its short lists may lack the id that its long ones have.
			id: this.#heardLately(received)?.id ?? seen?.habits.id?.text ?? this.#settings.id,
			profile: label,
			session: this.origin?.session ?? this.#settings.session,
			seq: this.origin?.seq ?? this.#seq,
			cpu: this.#settings.cpu,
			suspensions: this.#suspensions,
			clockShift: this.#clockShift,
			expect: document.expect ?? NOTHING,
			totals: this.#memory.totals,
			live: this.#settings.live === true && document.transport.kind !== 'capture',
			unproved: seen && new Unproved(usualOf(seen.habits, telegram)),
		}
		return after(readingOf(telegram, transform, context), (found) =>
			this.#judged(found, verdict?.next, seen?.habits, telegram, bytes, context),
		)
	}

	/** Judges a reading by all that is known of the meter. */
	#judged(
		result: ReadingResult,
		next: Memory['counter'],
		habits: Habits | undefined,
		telegram: Telegram,
		bytes: Uint8Array,
		context: ReadingContext,
	): Outcome {
		const { reading, issues, counting, saysId } = result
		const named = habits && reading && saysId ? seeId(habits, reading.id) : undefined
		if (named?.refusal !== undefined) {
			this.#memory = { ...this.#memory, habits: named.habits }
			return { kind: 'rejected', reason: 'unknown', detail: named.refusal, bytes }
		}
		const other =
			reading && this.#otherOf(reading, context.received, habits !== undefined && this.#memory.habits?.systemTitle === habits.systemTitle)
		if (other !== undefined) return { kind: 'rejected', reason: 'unknown', detail: other, bytes }
		const plausible = reading !== undefined && !issues.some(({ code }) => IMPLAUSIBLE.has(code))
		// One forged telegram must not shut out the meter's own: what no tag proves counts only while it is plausible.
		const counter = next && (telegram.auth === 'verified' || plausible) ? next : this.#memory.counter
		const known = named?.habits ?? habits
		const shown = known && context.unproved ? withUsual(known, telegram, context.unproved.usual) : this.#memory.habits
		this.#memory = remembered(this.#memory, counter, counting.count(), shown)
		if (!reading) {
			const why = issues.map(({ field, detail }) => `${field}: ${detail}`).join('; ')
			const detail = `decoded, and nothing of it is mapped by ${this.#profile.label}${why && ` (${why})`}`
			return { kind: 'rejected', reason: 'unknown', detail, bytes, issues }
		}
		if (this.origin) this.origin.seq++
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

	/** Two meters never merge: one that is heard keeps its line. A swapped one falls silent, and the new one is taken. `isSame`: by its system title. */
	#otherOf({ id }: Reading, received: number, isSame: boolean): string | undefined {
		// One that sends no id is as good as any.
		if (id === this.#settings.id) return undefined
		// A system title that was heard before is the same meter's.
		const heard = isSame ? undefined : this.#heardLately(received)
		const isLive = this.#settings.live === true && this.#profile.document.transport.kind !== 'capture'
		if (isLive && heard && heard.id !== id)
			return `a telegram of meter ${id.slice(0, 64)}: this one is ${heard.id.slice(0, 64)}, heard ${Math.round((received - heard.at) / 1000)} s ago (two meters on one line are not told apart)`
		this.#heard = { id, at: received }
		return undefined
	}

	/** The meter that is heard on this line; undefined after a silence. */
	#heardLately(received: number): { id: string; at: number } | undefined {
		const limit = Math.max(MIN_SILENCE, 3000 * (this.#profile.document.interval ?? 0))
		const heard = this.#heard
		// A clock that was set back: the silence is measured from here.
		if (heard && received < heard.at) heard.at = received
		return heard && received - heard.at < limit ? heard : undefined
	}
}
