import { energyIn, judgeTotal, type Moment, type Problem, type Rising, type Total } from './total.ts'

/**
 * The counters that a meter (`id`; absent while it has said none) has shown, by name. `sums`: those that the meter did not send, and the fields whose sum
 * they are.
 */
export type Totals = { id?: string | undefined; values: Record<string, Total>; sums?: Sums | undefined }

/** Fields that are the sum of others, and those; none once the meter has shown others that the sum did not have. */
export type Sums = Record<string, string[]>

const NO_TOTALS: Totals = { id: undefined, values: {}, sums: undefined }

/** How far the power between two telegrams may have been above that of the later one. */
const MARGIN = 1.5

/** Gives the power (W) that explains how counters rose since a time (ms since 1970), as far as the meter's own telegrams tell it; else Infinity. */
export type Explaining = (since: number) => number

/** More counters than any meter has: ids of sub-meters that nothing guards may be new each time. */
const MANY = 200

const isBehind = (name: string) => name.startsWith('submeters.')

/** Forgets the sub-meters that were counted longest ago, where there are too many: the meter's own counters stay. */
function bound(values: Record<string, Total>): void {
	const names = Object.keys(values)
	if (names.length <= MANY) return
	const at = (name: string) => values[name]?.at ?? 0
	const oldest = names.filter(isBehind).sort((one, other) => at(one) - at(other))
	for (const name of oldest.slice(0, names.length - MANY)) delete values[name]
}

/**
 * The counters of one telegram, judged by those before it, which stay as they are: the telegram may turn out to be another meter's, and a translator keeps
 * those of the telegrams that are acknowledged.
 */
export class Counting {
	private readonly before: Totals
	private readonly moment: Moment
	private readonly power: number
	private readonly explaining: Explaining | undefined
	private values: Record<string, Total> | undefined
	/** Whether a rise that the meter's power did not explain was right. */
	hasWronged = false
	/** The fields that are sums, after this telegram. */
	sums: Sums | undefined

	/**
	 * `id`: of the meter; undefined where the telegram says none, as some lists of a meter do whose others have it. `power`: the largest that the telegram
	 * tells: a connection that carries it now is larger than `maxPower` says. `explaining`: for a telegram that no tag proves.
	 */
	constructor(totals: Totals = NO_TOTALS, id: string | undefined, moment: Moment, power = 0, explaining?: Explaining) {
		const isSame = id === undefined || totals.id === undefined || totals.id === id
		const { values, sums } = isSame ? totals : NO_TOTALS
		this.before = (id ?? totals.id) === totals.id && isSame ? totals : { id, values, sums }
		this.moment = moment
		this.power = power
		this.explaining = explaining
		this.sums = this.before.sums
	}

	/** Whether the meter has shown a counter before. */
	knows(name: string): boolean {
		return this.before.values[name] !== undefined
	}

	/**
	 * Judges a counter's value. Gives the issue with it: `falling` and `leap` withhold it, `restarted` says that it counts instead of the one before.
	 * `time`: of the value, where it is not the telegram's: gas is counted once an hour, and sent every second.
	 */
	judge(name: string, value: number, rising: Rising, isSum = false, time = this.moment.time): Problem | undefined {
		const moment = time === this.moment.time ? this.moment : { at: this.moment.at, time }
		// A total that the meter sends is not measured by a sum.
		const known = !isSum && this.before.sums?.[name] ? undefined : this.before.values[name]
		// Most stand still, or rise by single steps.
		if (
			!this.explaining &&
			known &&
			known.alone === undefined &&
			(value === known.value ||
				(known.step === 1 && value > known.value && value - known.value <= energyIn(this.moment.at - known.at, rising.power) + 1))
		) {
			this.put(name, { value, at: moment.at, time, step: known.step })
			return undefined
		}
		const power = Math.max(rising.power, MARGIN * this.power)
		// An object of its own takes longer than all else here.
		const asked =
			power === rising.power && !this.explaining ? rising : { ...rising, power, explained: known && this.explained(name, known.at, rising) }
		const { next, problem, instead, isLate } = judgeTotal(known, value, moment, asked)
		this.put(name, next)
		if (isLate && !rising.isEvents && !isBehind(name)) this.hasWronged = true
		if (instead === undefined) return problem
		const detail = `counts from ${value} ${rising.unit} on: several values in a row contradict the ${instead} before (a spike, a new meter, or one that started over)`
		return { code: 'restarted', detail }
	}

	/** The power that explains a rise since a time; none explains counts of events, nor the meter's own what a meter behind it counts. */
	private explained(name: string, since: number, { isEvents }: Rising): number | undefined {
		if (!this.explaining) return undefined
		if (isEvents) return 0
		return isBehind(name) ? Infinity : this.explaining(since)
	}

	/** Gives the id of the meter that is counted, as far as it has said one. */
	get meter(): string | undefined {
		return this.before.id
	}

	/** Gives all that the meter has shown, this telegram's counters among it. */
	count(): Totals {
		const [values, sums] = [this.values, this.sums]
		if (!values && sums === this.before.sums) return this.before
		if (values) bound(values)
		return { id: this.before.id, values: values ?? this.before.values, sums }
	}

	private put(name: string, total: Total): void {
		this.values ??= { ...this.before.values }
		this.values[name] = total
	}
}
