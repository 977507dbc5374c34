import type { Reading } from '../../schema/types/reading.ts'
import { instantOf } from '../telegram/time-text.ts'
import { Counter, QUARTER, type Run } from './counter.ts'
import { PowerLog, type Powers } from './powers.ts'

/** Sub-meters of one meter that are followed: M-Bus of P1 has four channels. */
const MOST_CHANNELS = 32
const CHANNEL = /^[A-Za-z0-9][\w.-]{0,63}$/
/** Seconds before the end of a quarter-hour in which each reading is written soon: a kill then costs no edge. */
const NEAR_END = 30
/** How long before the arrival a sub-meter's own time may lie, and how long after it, in seconds: gas is counted once an hour, heat once a day. */
const [LATE, EARLY] = [26 * 3600, 600]
/** Seconds that the database has room for: until 2106. */
const LAST = 2 ** 32 - 1

/** The past of a meter that was found on disk. */
export type Before = { run(name: string): Run | undefined; quarter: Powers | undefined }

/** How soon what was added is to be written: within a minute, within a second (an edge comes), or at once (an edge is behind it). */
export type Haste = 'none' | 'edge' | 'crossed'

/** Follows the counters and the power of one meter. */
export class Track {
	/** The zone that its readings' profile said last. */
	zone: string | undefined
	/** The operator's text about a meter that starts over. */
	reset = ''
	/** The quarter-hour since 1970 at whose end the totals were told last. */
	told = 0
	/** Whether one of its own counters, or a sub-meter's where it has none, is past an edge since the totals were told. */
	hasCrossed = true
	readonly powers: PowerLog
	/** By the names of their series: `energy_import`, `submeters.1.volume`. */
	readonly counters = new Map<string, Counter>()
	readonly #before: Before
	readonly #channels = new Map<string, Channel>()
	#import: Counter | undefined
	#export: Counter | undefined

	constructor(before: Before) {
		this.#before = before
		this.powers = new PowerLog(before.quarter)
	}

	/** Takes a reading. */
	add(reading: Reading): Haste {
		const time = Math.floor(instantOf(reading.time) / 1000)
		const received = Math.floor(Date.parse(reading.received) / 1000)
		if (!(time > 0 && time < LAST && received > 0)) return 'none'
		this.powers.take(reading, time)
		const { energy_import, energy_export, submeters } = reading
		// Where a meter sends no id in some telegrams, its name stands there.
		const id = reading.id === reading.meter ? '' : reading.id
		const { reset } = this
		// Else it is the time of arrival, and no clock can be held against that.
		const isOwnClock = reading.time_source !== 'gateway'
		let crossed = false
		if (energy_import !== undefined) {
			this.#import ??= this.#counter('energy_import')
			const isRestart = reading.issues !== undefined && startsOver(reading, 'energy_import')
			crossed = this.#import.take({ id, reset, value: energy_import, time, received, isOwnClock, isRestart })
		}
		if (energy_export !== undefined) {
			this.#export ??= this.#counter('energy_export')
			const isRestart = reading.issues !== undefined && startsOver(reading, 'energy_export')
			crossed = this.#export.take({ id, reset, value: energy_export, time, received, isOwnClock, isRestart }) || crossed
		}
		if (submeters) crossed = this.#addSubmeters(reading, submeters, time, received, isOwnClock) || crossed
		if (crossed) this.hasCrossed = true
		if (crossed) return 'crossed'
		return time % QUARTER >= QUARTER - NEAR_END ? 'edge' : 'none'
	}

	#addSubmeters(
		reading: Reading,
		submeters: NonNullable<Reading['submeters']>,
		time: number,
		received: number,
		isOwnClock: boolean,
	): boolean {
		let crossed = false
		for (const channel in submeters) {
			const submeter = submeters[channel]
			if (!submeter || (submeter.volume === undefined && submeter.energy === undefined)) continue
			const known = this.#channels.get(channel) ?? this.#beginChannel(channel)
			if (!known) continue
			const own = submeter.time === undefined ? undefined : ownTime(submeter.time, received, known)
			const shown = {
				id: submeter.id ?? '',
				// The meter's own: a sub-meter that was swapped has another id.
				reset: '',
				value: 0,
				time: own ?? time,
				received,
				isOwnClock: isOwnClock && own === undefined,
				isRestart: false,
			}
			for (const part of known.parts) {
				const value = submeter[part.quantity]
				if (value === undefined) continue
				part.counter ??= this.#counter(part.name)
				shown.value = value
				shown.isRestart = reading.issues !== undefined && startsOver(reading, part.name)
				if (part.counter.take(shown)) crossed = true
			}
		}
		return crossed && !this.#import && !this.#export
	}

	/** Begins to follow a sub-meter; undefined where there are too many, or its name is not valid. */
	#beginChannel(channel: string): Channel | undefined {
		if (this.#channels.size >= MOST_CHANNELS || !CHANNEL.test(channel)) return undefined
		const parts = (['volume', 'energy'] as const).map((quantity) => ({ quantity, name: `submeters.${channel}.${quantity}` }))
		const begun: Channel = { parts, text: '', time: undefined }
		this.#channels.set(channel, begun)
		return begun
	}

	#counter(name: string): Counter {
		const counter = new Counter(this.#before.run(name))
		this.counters.set(name, counter)
		return counter
	}
}

const startsOver = ({ issues }: Reading, name: string) => issues?.some(({ field, code }) => field === name && code === 'restarted') ?? false

/** A sub-meter, and its own time that was read last: it is the same in many readings. */
type Channel = {
	parts: { quantity: 'volume' | 'energy'; name: string; counter?: Counter }[]
	text: string
	time: number | undefined
}

/** A sub-meter's own time, in seconds; undefined where it has no offset, or cannot be right: then the reading's time counts. */
function ownTime(text: string, received: number, known: Channel): number | undefined {
	if (text !== known.text) {
		known.text = text
		known.time = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Math.floor(Date.parse(text) / 1000) : undefined
	}
	const { time } = known
	return time !== undefined && time >= received - LATE && time <= received + EARLY ? time : undefined
}
