import type { Bar, ChannelEnergy, Gap, History, Powers, Step, Totals } from '../src/api/types.ts'
import { housePower, quarter } from './house.ts'

const QUARTER = 900_000
const ZONE = 'Europe/Zurich'
/** Days that the made-up history goes back. */
const DAYS = 400

type Sums = { import: number; export: number; peak: number; peakAt: number; complete: boolean }

/** The energy that a made-up meter has drawn and fed in over 400 days. `hole`: a time without readings, in ms before the start. */
export class FakeHistory {
	readonly #quarters = new Map<number, { import: number; export: number }>()
	readonly #first: number
	readonly #hole: [number, number]
	readonly #sun: boolean
	readonly #seed: number

	constructor(now: number, sun: boolean, seed: number) {
		this.#sun = sun
		this.#seed = seed
		this.#first = Math.floor(now / QUARTER) * QUARTER - DAYS * 96 * QUARTER
		const day = Math.floor(now / QUARTER) * QUARTER
		this.#hole = [day - 14 * QUARTER, day - 9 * QUARTER]
	}

	#quarter(start: number): { import: number; export: number } {
		const known = this.#quarters.get(start)
		if (known) return known
		const made = quarter(start, this.#sun, this.#seed)
		this.#quarters.set(start, made)
		return made
	}

	/** Gives the bars from and to a time (ms). */
	answer(meter: string, from: number, to: number, step: Step, now: number): History {
		const bars: Bar[] = []
		const gaps: Gap[] = []
		for (let start = startOf(from, step); start < Math.min(to, now); start = after(start, step)) {
			const end = after(start, step)
			const sums = this.#sums(start, Math.min(end, now))
			if (!sums || (step === 'quarter' && this.#inHole(start))) continue
			bars.push({
				start: new Date(start).toISOString(),
				end: new Date(end).toISOString(),
				import: sums.import,
				export: sums.export,
				peak: sums.peak,
				peakAt: new Date(sums.peakAt).toISOString(),
				cost: (sums.import / 1000) * 0.29,
				revenue: (sums.export / 1000) * 0.12,
				complete: sums.complete && end <= now,
				...(this.#seed === 0 && { channels: channels(start, Math.min(end, now)) }),
			})
		}
		if (step === 'quarter' && from < this.#hole[1] && to > this.#hole[0]) {
			const lost = this.#sums(this.#hole[0], this.#hole[1])
			const [start = '', end = ''] = this.#hole.map((time) => new Date(time).toISOString())
			gaps.push({ start, end, import: lost?.import ?? 0, export: lost?.export ?? 0 })
		}
		const powers = step === 'minute' || step === 'quarter' ? this.#powers(from, Math.min(to, now), step) : undefined
		const [since = '', until = ''] = [from, to].map((time) => new Date(time).toISOString())
		return { meter, timezone: ZONE, step, from: since, to: until, currency: 'CHF', bars, gaps, ...(powers && { powers }) }
	}

	#inHole(time: number): boolean {
		return time >= this.#hole[0] && time < this.#hole[1]
	}

	#powers(from: number, to: number, step: 'minute' | 'quarter'): Powers[] {
		const size = step === 'minute' ? 60_000 : QUARTER
		const powers: Powers[] = []
		for (let time = Math.ceil(from / size) * size; time < to; time += size) {
			if (this.#inHole(time)) continue
			const power = Math.round(housePower(time, this.#sun, this.#seed))
			powers.push({ start: new Date(time).toISOString(), power, min: power - 40, max: power + 60 + (step === 'quarter' ? 400 : 0) })
		}
		return powers
	}

	#sums(from: number, to: number): Sums | undefined {
		const sums: Sums = { import: 0, export: 0, peak: 0, peakAt: from, complete: true }
		let any = false
		for (let start = Math.floor(from / QUARTER) * QUARTER; start < to; start += QUARTER) {
			if (start < this.#first) continue
			any = true
			const one = this.#quarter(start)
			sums.import += one.import
			sums.export += one.export
			if (one.import * 4 > sums.peak && !this.#inHole(start)) {
				sums.peak = one.import * 4
				sums.peakAt = start
			}
		}
		return any ? sums : undefined
	}

	totals(meter: string, now: number): Totals {
		const sum = (from: number, to: number, open: boolean) => {
			const sums = this.#sums(from, to) ?? { import: 0, export: 0, peak: 0, peakAt: from, complete: false }
			return {
				from: new Date(from).toISOString(),
				...(!open && { to: new Date(to).toISOString() }),
				energy_import: sums.import,
				energy_export: sums.export,
				cost: (sums.import / 1000) * 0.29,
				revenue: (sums.export / 1000) * 0.12,
				currency: 'CHF',
				peak_import: sums.peak,
				peak_time: new Date(sums.peakAt).toISOString(),
				complete: sums.complete,
			}
		}
		const today = startOf(now, 'day')
		const month = startOf(now, 'month')
		return {
			schema: 'cii.totals/1',
			meter,
			time: new Date(now).toISOString(),
			today: sum(today, now, true),
			yesterday: sum(startOf(today - 1, 'day'), today, false),
			month: sum(month, now, true),
			lastMonth: sum(startOf(month - 1, 'month'), month, false),
		}
	}
}

/** Gas and water of a time: some showers, some heating. */
function channels(start: number, end: number): Record<string, ChannelEnergy> {
	let [gas, water] = [0, 0]
	for (let time = start; time < end; time += QUARTER) {
		const hour = new Date(time).getUTCHours()
		gas += hour > 4 && hour < 21 ? 0.028 + 0.02 * Math.sin(time / 5e6) ** 2 : 0.008
		water += [5, 6, 11, 18, 20].includes(hour) ? 0.02 * Math.abs(Math.sin(time / 3e6)) : 0.001
	}
	return { 1: { volume: Number(gas.toFixed(3)) }, 2: { volume: Number(water.toFixed(3)) } }
}

/** Offset of the zone at a time, ms. */
function offset(time: number): number {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' }).formatToParts(time)
	const [, sign = '+', hours = '0'] = /GMT([+-])(\d+)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? []
	return Number(`${sign}${hours}`) * 3_600_000
}

function startOf(time: number, step: Step): number {
	if (step === 'minute') return Math.floor(time / 60_000) * 60_000
	if (step === 'quarter') return Math.floor(time / QUARTER) * QUARTER
	if (step === 'hour') return Math.floor(time / 3_600_000) * 3_600_000
	const local = new Date(time + offset(time))
	const [year, month, day] = [local.getUTCFullYear(), step === 'year' ? 0 : local.getUTCMonth(), step === 'day' ? local.getUTCDate() : 1]
	const start = Date.UTC(year, month, day)
	return start - offset(start)
}

function after(start: number, step: Step): number {
	const sizes = { minute: 60_000, quarter: QUARTER, hour: 3_600_000, day: 26 * 3_600_000, month: 32 * 86_400_000, year: 367 * 86_400_000 }
	return startOf(start + sizes[step], step)
}
