import type { Reading } from '../../schema/types/reading.ts'
import { json } from '../application/json.ts'
import { fromHex, latin1 } from '../bytes/hex.ts'
import { autoDecoder } from '../decode/auto.ts'
import { type Decoded, type Decoder, decoder, decoderSettings } from '../decode/decoder.ts'
import type { Message } from '../mqtt/message.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Keys, Telegram } from '../telegram/telegram.ts'
import { type Issue, powerMismatch } from '../transform/expect.ts'
import { type ReadingContext, type ReadingResult, readingOf } from '../transform/reading.ts'
import type { ScopeContext } from '../transform/shown.ts'
import { admission } from './accept.ts'
import { type CounterVerdict, judgeCounter } from './counter.ts'
import { deliveries, type Origin, originOf } from './deliveries.ts'
import type { Memory } from './memory.ts'
import { MAX_MESSAGE, type Outcome, type Pipeline, type Soon } from './pipeline.ts'

export type MeterSettings = {
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
	/** What its telegrams have shown before. */
	memory?: Memory
	/** Telegrams of another meter on the same line are rejected while this one is heard. */
	alone?: boolean
}

/** A pipeline to readings. */
export type Meter = Pipeline<Outcome>

/** A meter's pipeline for these settings. */
export function meter(settings: MeterSettings): Meter {
	let profile = settings.profile
	let bytesIn = open(profile, settings)
	let topics = admission(profile.document)
	let seq = settings.seq
	/** Telegrams in a row whose expressions took more than their time. */
	let breaches = 0
	let suspended: string | undefined
	let memory: Memory = settings.memory ?? {}
	let clockShift = 0
	let messages = 0
	let framesBefore = 0
	/** The meter that is heard on this line: its id, and when it was heard last. */
	let heard: { id: string; at: number } | undefined
	/** Session and count that the next reading has where a reader gave them. */
	let origin: Origin | undefined
	const before = deliveries()
	/** What must end before the next may begin; nothing while all was done at once. */
	let pending: Promise<unknown> | undefined

	/** One after the other, and never stuck behind one that failed. */
	function inOrder<T>(work: () => Soon<T>): Soon<T> {
		const result = pending ? pending.then(work) : work()
		if (!(result instanceof Promise)) return result
		const ended = result.then(
			() => undefined,
			() => undefined,
		)
		pending = ended
		void ended.then(() => {
			if (pending === ended) pending = undefined
		})
		return result
	}

	/** The outcomes in order; those that must be waited for hold up the ones behind them. */
	function outcomesOf(decoded: Decoded[], received: number, topic: Record<string, string>, outcomes: Outcome[] = []): Soon<Outcome[]> {
		for (let at = outcomes.length; at < decoded.length; at++) {
			const item = decoded[at] as Decoded
			const outcome = 'telegram' in item ? readingOutcome(item.telegram, item.bytes, received, topic) : item
			if (outcome instanceof Promise)
				return outcome.then((one) => {
					outcomes.push(one)
					return outcomesOf(decoded, received, topic, outcomes)
				})
			outcomes.push(outcome)
		}
		return outcomes
	}

	/** Whether the telegram was there before, by its invocation counter; what is known when it is a new one. */
	function judgedCounter({ systemTitle, invocationCounter, auth }: Telegram): CounterVerdict | undefined {
		if (systemTitle === undefined || invocationCounter === undefined) return undefined
		return judgeCounter(memory.counter, systemTitle, invocationCounter, auth === 'verified')
	}

	function readingOutcome(telegram: Telegram, bytes: Uint8Array, received: number, topic: Record<string, string>): Soon<Outcome> {
		const verdict = judgedCounter(telegram)
		if (suspended !== undefined) return { kind: 'rejected', reason: 'limit', detail: suspended, bytes }
		if (verdict?.kind === 'duplicate') return { kind: 'discarded', reason: 'duplicate', bytes }
		if (verdict?.kind === 'replay') return { kind: 'rejected', reason: 'replay', detail: verdict.detail, bytes }
		const context: ReadingContext = {
			timezone: profile.document.meter?.timezone,
			received,
			topic,
			channel: profile.document.decoder.channel ?? NO_CHANNEL,
			meter: settings.name,
			id: settings.id,
			profile: profile.label,
			session: origin?.session ?? settings.session,
			seq: origin?.seq ?? seq,
			clock: now,
			clockShift,
			expect: profile.document.expect ?? NOTHING_EXPECTED,
			totals: memory.totals,
		}
		const found = readingOf(telegram, profile.transform, context)
		if (!(found instanceof Promise)) return judged(found, verdict, telegram, bytes, context)
		return found.then((later) => judged(later, verdict, telegram, bytes, context))
	}

	/** What a reading is when all is looked at that is known of the meter. */
	function judged(
		{ reading, issues, totals }: ReadingResult,
		verdict: Exclude<CounterVerdict, { kind: 'duplicate' | 'replay' }> | undefined,
		telegram: Telegram,
		bytes: Uint8Array,
		context: ScopeContext,
	): Outcome {
		const { received } = context
		const other = reading && otherOf(reading, received)
		if (other !== undefined) return { kind: 'rejected', reason: 'unknown', detail: other, bytes }
		breaches = issues.length > 0 && issues.some(({ code }) => code === 'budget') ? breaches + 1 : 0
		if (breaches >= MAX_BREACHES)
			suspended = `the expressions of ${profile.label} took too long ${MAX_BREACHES} times: suspended until it changes`
		const plausible = reading !== undefined && !issues.some(({ code }) => IMPLAUSIBLE.has(code))
		// One forged telegram must not shut out the meter's own: what no tag proves counts only while it is plausible.
		const counter = verdict && (telegram.auth === 'verified' || plausible) ? verdict.next : memory.counter
		if ((totals !== undefined && totals !== memory.totals) || counter !== memory.counter)
			memory = remembered(memory, counter, totals ?? memory.totals)
		if (!reading) {
			const why = issues.map(({ field, detail }) => `${field}: ${detail}`).join('; ')
			const detail = `decoded, and nothing of it is mapped by ${profile.label}${why && ` (${why})`}`
			return { kind: 'rejected', reason: 'unknown', detail, bytes, issues }
		}
		if (origin) origin.seq++
		else seq++
		const doubt = doubts(reading)
		return { kind: 'reading', reading, issues: doubt ? [...issues, doubt] : issues, bytes, telegram, context }
	}

	/** Two meters never merge: one that is heard keeps its line. A swapped one falls silent, and the new one is taken. */
	function otherOf({ id }: Reading, received: number): string | undefined {
		// One that sends no id is as good as any.
		if (settings.alone !== true || profile.document.transport.kind === 'capture' || id === settings.id) return undefined
		const silence = Math.max(MIN_SILENCE, 3000 * (profile.document.interval ?? 0))
		if (heard && heard.id !== id && received - heard.at < silence)
			return `a telegram of meter ${id.slice(0, 64)}: this one is ${heard.id.slice(0, 64)}, heard ${Math.round((received - heard.at) / 1000)} s ago (two meters on one line are not told apart)`
		heard = { id, at: received }
		return undefined
	}

	function onMessage(message: Message, now: number): Soon<Outcome[]> {
		messages++
		const admitted = topics.admit(message)
		if ('kind' in admitted) return [admitted]
		// An adapter's message has no properties of ours, and its bytes may be a reader's.
		return delivered(message, profile.document.transport.payload === 'hex', admitted.levels, now)
	}

	function onRaw(message: Message, now: number): Soon<Outcome[]> {
		messages++
		const { topic } = message.properties ?? {}
		const admitted = topic === undefined ? { levels: NO_LEVELS } : topics.admit({ ...message, topic })
		return 'kind' in admitted ? [admitted] : delivered(message, false, admitted.levels, now)
	}

	/** A payload, with what its reader tells: when it arrived, in which session, and how many there were before. */
	function delivered({ payload, properties = {} }: Message, hex: boolean, levels: Record<string, string>, now: number): Soon<Outcome[]> {
		const arrived = Date.parse(properties.received ?? '')
		const told = originOf(properties)
		if (told && before.has(told)) return [{ kind: 'discarded', reason: 'duplicate', bytes: payload }]
		origin = told && { ...told }
		return after(messageOutcomes(payload, hex, Number.isNaN(arrived) ? now : arrived, levels), (outcomes) => {
			if (told) before.add({ session: told.session, seq: Math.max(told.seq, (origin?.seq ?? 0) - 1) })
			origin = undefined
			if (outcomes.some(({ kind }) => kind === 'reading')) topics.bind(levels)
			return outcomes
		})
	}

	function messageOutcomes(payload: Uint8Array, hex: boolean, received: number, levels: Record<string, string>): Soon<Outcome[]> {
		if (payload.length > MAX_MESSAGE)
			return [
				{ kind: 'rejected', reason: 'limit', detail: `a message of ${payload.length} bytes; ${MAX_MESSAGE} are accepted`, bytes: payload },
			]
		if (bytesIn) {
			const bytes = hex ? fromHex(latin1(payload)) : payload
			if (!bytes)
				return [{ kind: 'rejected', reason: 'syntax', detail: `no hex digits: ${latin1(payload.subarray(0, 60))}`, bytes: payload }]
			return outcomesOf([...bytesIn.push(bytes), ...bytesIn.idle()], received, levels)
		}
		const telegram = json(payload)
		return telegram.kind === 'telegram' ? outcomesOf([{ telegram, bytes: payload }], received, levels) : [{ ...telegram, bytes: payload }]
	}

	return {
		push: (chunk, received) => inOrder(() => outcomesOf(bytesIn?.push(chunk) ?? [], received, NO_LEVELS)),
		message: (message, received) => inOrder(() => onMessage(message, received)),
		raw: (message, received) => inOrder(() => onRaw(message, received)),
		idle: (received) => inOrder(() => outcomesOf(bytesIn?.idle() ?? [], received, NO_LEVELS)),
		swap: (next, received) =>
			inOrder(() => {
				const changed = JSON.stringify(next.document.decoder) !== JSON.stringify(profile.document.decoder)
				const identityChanged = JSON.stringify(next.document.transport) !== JSON.stringify(profile.document.transport)
				profile = next
				breaches = 0
				suspended = undefined
				if (identityChanged) heard = undefined
				topics = admission(next.document, identityChanged ? undefined : topics.bound())
				if (!changed) return []
				const held = bytesIn?.resume() ?? new Uint8Array(0)
				framesBefore += bytesIn?.frames() ?? 0
				bytesIn = open(next, settings)
				return outcomesOf(bytesIn && held.length > 0 ? bytesIn.push(held) : [], received, {})
			}),
		restart: (shift) =>
			inOrder(() => {
				framesBefore += bytesIn?.frames() ?? 0
				bytesIn = open(profile, settings)
				clockShift = shift
				memory = {}
			}),
		detected: () => bytesIn?.detected?.(),
		count: () => seq,
		memory: () => memory,
		frames: () => messages + framesBefore + (bytesIn?.frames() ?? 0),
	}
}

/** Milliseconds without a telegram after which another meter may stand on its line; three intervals, where those are longer. */
const MIN_SILENCE = 60_000
/** One may be of a machine that is busy with something else. */
const MAX_BREACHES = 3

/** Goes on with a value, at once or when it is there. */
function after<T, R>(value: Soon<T>, next: (value: T) => R): Soon<R> {
	return value instanceof Promise ? value.then(next) : next(value)
}

const NOTHING_EXPECTED = {}
const NO_CHANNEL = {}
/** Bytes from a line have no topic. */
const NO_LEVELS: Record<string, string> = Object.freeze({})

/** Codes of issues that say that the telegram may not be the meter's. */
const IMPLAUSIBLE = new Set(['range', 'falling', 'leap'])

/** What is odd about a reading, and no reason to withhold a value: for the log and the counters only. */
function doubts(reading: Reading): Issue | undefined {
	const detail = powerMismatch(reading as unknown as Record<string, unknown>)
	return detail === undefined ? undefined : { field: 'power', code: 'mismatch', detail }
}

/** A memory written out: a copy that is added to takes V8 many times as long. */
function remembered({ keys }: Memory, counter: Memory['counter'], totals: Memory['totals']): Memory {
	const memory: Memory = {}
	if (keys !== undefined) memory.keys = keys
	if (counter) memory.counter = counter
	if (totals) memory.totals = totals
	return memory
}

/** Only to measure how long expressions take. */
const now = () => performance.now()

/** The decoder of a profile that reads bytes; none where messages are read. */
function open({ document }: CompiledProfile, { keys }: MeterSettings): Decoder | undefined {
	const { link, application } = document.decoder
	if (application === 'json' || link === undefined) return undefined
	const settings = decoderSettings(document.decoder, keys)
	if (link === 'auto') return autoDecoder(settings, application)
	return application && decoder({ link, application, ...settings })
}
