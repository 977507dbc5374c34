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

/** What was found of a meter on disk. */
export type Before = { run(name: string): Run | undefined; quarter: Powers | undefined }

/** How soon what was added is to be written: within a minute, within a second (an edge comes), or at once (an edge is behind it). */
export type Haste = 'none' | 'edge' | 'crossed'

/** Follows the counters and the power of one meter. */
export class Track {
	/** The zone that its readings' profile said last. */
	zone: string | undefined
	/** The quarter-hour since 1970 at whose end the totals were told last. */
	told = 0
	/** Whether one of its own counters, or a sub-meter's where it has none, is past an edge since the totals were told. */
	hasCrossed = true
	readonly powers: PowerLog
	/** By the names of their series: `energy_import`, `submeters.1.volume`. */
	readonly counters = new Map<string, Counter>()
	readonly #before: Before
	readonly #channels = new Map<string, { volume?: Counter; energy?: Counter }>()
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
		const isOwnClock = reading.time_source === 'meter'
		let crossed = false
		if (energy_import !== undefined) {
			this.#import ??= this.#counter('energy_import')
			const isRestart = reading.issues !== undefined && startsOver(reading, 'energy_import')
			crossed = this.#import.take({ id, value: energy_import, time, received, isOwnClock, isRestart })
		}
		if (energy_export !== undefined) {
			this.#export ??= this.#counter('energy_export')
			const isRestart = reading.issues !== undefined && startsOver(reading, 'energy_export')
			crossed = this.#export.take({ id, value: energy_export, time, received, isOwnClock, isRestart }) || crossed
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
			let counters = this.#channels.get(channel)
			if (!counters) {
				if (this.#channels.size >= MOST_CHANNELS || !CHANNEL.test(channel)) continue
				counters = {}
				this.#channels.set(channel, counters)
			}
			const own = submeter.time === undefined ? undefined : ownTime(submeter.time, received)
			const shown = { id: submeter.id ?? '', time: own ?? time, received, isOwnClock: isOwnClock && own === undefined }
			for (const quantity of ['volume', 'energy'] as const) {
				const value = submeter[quantity]
				if (value === undefined) continue
				const name = `submeters.${channel}.${quantity}`
				counters[quantity] ??= this.#counter(name)
				const isRestart = reading.issues !== undefined && startsOver(reading, name)
				const isPast = counters[quantity].take({ ...shown, value, isRestart })
				crossed ||= isPast
			}
		}
		return crossed && !this.#import && !this.#export
	}

	#counter(name: string): Counter {
		const counter = new Counter(this.#before.run(name))
		this.counters.set(name, counter)
		return counter
	}
}

const startsOver = ({ issues }: Reading, name: string) => issues?.some(({ field, code }) => field === name && code === 'restarted') ?? false

/** A sub-meter's own time, in seconds; undefined where it has no offset, or cannot be right: then the reading's time counts. */
function ownTime(text: string, received: number): number | undefined {
	if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
	const time = Math.floor(instantOf(text) / 1000)
	return time >= received - LATE && time <= received + EARLY ? time : undefined
}
