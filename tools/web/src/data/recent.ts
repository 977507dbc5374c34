import { type Signal, signal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { History } from '../api/types.ts'
import { clock, keepsHistory, meterOf, onReading } from '../live.ts'
import { type Curve, filled } from './curve.ts'
import { houseCurve } from './house.ts'
import { powerNow } from './reading.ts'

/** Seconds that are kept, and between two points at least. */
const HOUR = 3600
const STEP = 1
/** Seconds until the server is asked again, where it did not answer. */
const AGAIN = 30
/** Curves that are kept at most: one per meter that was seen, the oldest goes. */
const MOST = 200

/** The last hour of the power of some meters together; grows with each reading. */
export class Recent {
	readonly curve: Curve = { times: [], powers: [] }
	/** Counts up when there is something new to draw. */
	readonly version: Signal<number> = signal(0)
	/** Whether the server's minutes are in it. */
	readonly loaded: Signal<boolean> = signal(false)
	readonly #names: string[]
	readonly #stop: () => void
	/** When the server was asked last, s since 1970. */
	#asked = 0

	constructor(names: string[]) {
		this.#names = names
		this.#stop = onReading((meter) => {
			if (names.includes(meter)) this.#add()
		})
		void this.#load()
	}

	#add(): void {
		const { times, powers } = this.curve
		const now = clock.value / 1000
		// The silent ones are left out, as in the number above.
		const values = this.#names
			.map((name) => meterOf(name).value)
			.filter((meter) => meter?.status === 'online')
			.map((meter) => meter && powerNow(meter))
		const last = times.at(-1) ?? 0
		if (now - last < STEP * 0.6 || values.length === 0 || values.some((value) => value === undefined)) return
		// A point that comes long after the one before ends a gap: the server may know what was in it.
		const isGap = last > 0 && now - last > gapAfter(this.#names)
		if (isGap) {
			times.push(last + 1)
			powers.push(null)
		}
		times.push(now)
		powers.push(values.reduce<number>((sum, value) => sum + (value ?? 0), 0))
		while ((times[0] ?? now) < now - HOUR) {
			times.shift()
			powers.shift()
		}
		this.version.value++
		if (isGap || (!this.loaded.value && now - this.#asked > AGAIN)) void this.#load()
	}

	/** Puts in the minutes that the server kept, where nothing has come to this page. */
	async #load(): Promise<void> {
		if (!keepsHistory.value) return
		const to = clock.value
		this.#asked = to / 1000
		try {
			const past = await minutes(this.#names, to - HOUR * 1000, to, 'minute')
			const whole = filled(this.curve, past, gapAfter(this.#names))
			this.curve.times.splice(0, this.curve.times.length, ...whole.times)
			this.curve.powers.splice(0, this.curve.powers.length, ...whole.powers)
			if (past.without) this.curve.without = past.without
			this.version.value++
			this.loaded.value = true
		} catch {
			// The chart begins with what comes; a later reading asks again.
		}
	}

	/** Ends listening. */
	close(): void {
		this.#stop()
	}
}

/** Seconds after which two readings of these meters have a gap between them. */
function gapAfter(names: string[]): number {
	const interval = Math.max(...names.map((name) => meterOf(name).value?.interval ?? 10))
	return Math.max(90, interval * 2.5)
}

/** Gives the power that the server has kept, of some meters together. */
export async function minutes(names: string[], from: number, to: number, step: 'minute' | 'quarter', signal?: AbortSignal): Promise<Curve> {
	const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step })
	const answers = await Promise.all(
		names.map((name) => call<History>(`meters/${encodeURIComponent(name)}/history?${query}`, signal ? { signal } : {})),
	)
	const meters = names.map((name, at) => ({ name, gap: gapAfter([name]), powers: answers[at]?.powers }))
	return houseCurve(meters, step === 'minute' ? 60 : 900)
}

const known = new Map<string, Recent>()

/** Gives the last hour of some meters together. */
export function recentOf(names: string[]): Recent {
	const key = names.join('\n')
	const one = known.get(key) ?? new Recent(names)
	known.delete(key)
	known.set(key, one)
	if (known.size > MOST) {
		const [oldest, first] = known.entries().next().value ?? []
		if (oldest !== undefined) known.delete(oldest)
		first?.close()
	}
	return one
}
