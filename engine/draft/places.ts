import type { Telegram } from '../telegram/telegram.ts'
import type { List } from './lists.ts'

/** The code that a place of a list is taken for, and why; `sure` when the telegrams show it. */
export type PlaceGuess = { place: number; code: string; reason: string; sure: boolean }

/** A column of a list: the numbers at one place, telegram by telegram; undefined where none came. */
type Column = { place: number; kind: string; values: (number | undefined)[] }

const VOLTAGES = ['1-0:32.7.0', '1-0:52.7.0', '1-0:72.7.0']
const CURRENTS = ['1-0:31.7.0', '1-0:51.7.0', '1-0:71.7.0']
/** Places between the values of two phases: side by side, or with current, power … between. */
const STRIDES = [1, 2, 3, 4]
const SCALERS = [0, -1, -2, -3]
/** Columns that are compared with each other: no list has more numbers. */
const MAX_COLUMNS = 60
/** Telegrams that must differ for a relation between them to be no coincidence. */
const ENOUGH = 3
/** Telegrams from which on values that fit are no accident, where nothing stands beside them that fits as well. */
const MANY = 6

/** Guesses what stands at the places of a list by its values alone: clock, ids, voltages near 230 V, currents that make the power, counters. Each place once. */
export function placeGuesses(list: List): PlaceGuess[] {
	const columns = columnsOf(list).slice(0, MAX_COLUMNS)
	const found = voltagesIn(columns)
	const loads = found ? loadsIn(columns, found) : undefined
	const volts = found?.isAlone && !loads ? undefined : found
	const taken = new Set([...(volts?.columns ?? []), ...(loads?.amps ?? []), ...(loads?.power ? [loads.power] : [])])
	const rest = columns.filter((column) => !taken.has(column))
	const all = [
		...textGuesses(list),
		...(volts
			? volts.columns.map((column, phase) => guess(column, VOLTAGES[phase], volts.reason, volts.sure || loads?.sure === true))
			: []),
		...(loads ? loads.amps.map((column, phase) => guess(column, CURRENTS[phase], loads.reason, loads.sure)) : []),
		...(loads?.power ? powerGuesses(loads.power, rest, loads.reason) : []),
		...counterGuesses(rest),
	]
	return all.filter(({ place }, at) => all.findIndex((one) => one.place === place) === at).sort((one, other) => one.place - other.place)
}

const guess = ({ place }: Column, code = '', reason: string, sure: boolean): PlaceGuess => ({ place, code, reason, sure })

function columnsOf({ telegrams, kinds }: List): Column[] {
	return kinds.flatMap((kind, place) => {
		const numbers = kind.filter((one) => one !== 'null')
		if (numbers.length === 0 || !numbers.every((one) => /^[uif]\d/.test(one))) return []
		return [{ place, kind: numbers[0] ?? '', values: telegrams.map((telegram) => numberAt(telegram, place)) }]
	})
}

function numberAt({ sequence }: Telegram, place: number): number | undefined {
	const value = sequence[place]
	return value?.kind === 'number' ? Number(value.raw) : undefined
}

/** The only date is the meter's clock; a number of its own that never changes is its id. */
function textGuesses({ telegrams, kinds }: List): PlaceGuess[] {
	const clocks = kinds.flatMap((kind, place) => (kind.includes('clock') ? [place] : []))
	const [clock] = clocks
	const id = kinds.findIndex((kind, place) => kind.length === 1 && isText(kind[0] ?? '') && isId(telegrams, place))
	const name = kinds.findIndex(([kind = '']) => /^=[A-Za-z]/.test(kind))
	return [
		...(clock === undefined ? [] : [{ place: clock, code: '0-0:1.0.0', reason: 'a date and time', sure: clocks.length === 1 }]),
		...(id < 0
			? []
			: [
					{
						place: id,
						code: isDeviceName(telegrams[0], id) ? '0-0:42.0.0' : '0-0:96.1.0',
						reason: 'it never changes: the id of the meter',
						sure: false,
					},
				]),
		...(name < 0 ? [] : [{ place: name, code: '1-1:0.2.129', reason: 'the name of the list', sure: false }]),
	]
}

const isText = (kind: string) => /^(text|digits)/.test(kind)

function isId(telegrams: readonly Telegram[], place: number): boolean {
	const texts = new Set(telegrams.map(({ sequence }) => (sequence[place]?.kind === 'text' ? sequence[place].text : '')))
	return texts.size === 1 && /\d.*\d.*\d.*\d.*\d.*\d/.test([...texts][0] ?? '')
}

/** The name of a logical device begins with the three letters of its maker, and has 16 characters. */
function isDeviceName(telegram: Telegram | undefined, place: number): boolean {
	const value = telegram?.sequence[place]
	return value?.kind === 'text' && /^[A-Z]{3}\w{13}$/.test(value.text)
}

/** `isAlone`: a number near 230 that nothing else shows to be a voltage. */
type Voltages = { columns: Column[]; scaler: number; stride: number; reason: string; sure: boolean; isAlone: boolean }

/** Three columns near 230 V at one distance, or the only one. */
function voltagesIn(columns: readonly Column[]): Voltages | undefined {
	for (const scaler of SCALERS) {
		const near = columns.filter(
			({ values }) => values.every((value) => value === undefined || isMains(value * 10 ** scaler)) && someOf(values),
		)
		const at = (place: number) => near.find((column) => column.place === place)
		for (const stride of STRIDES) {
			const triples = near.flatMap((one) => {
				const [second, third] = [at(one.place + stride), at(one.place + 2 * stride)]
				return second && third && second.kind === one.kind && third.kind === one.kind ? [[one, second, third]] : []
			})
			const [triple, ...others] = triples.sort((one, other) => unevenness(one) - unevenness(other))
			if (triple) {
				const shown = triple.map(({ values }) => values.find((value) => value !== undefined)).join(', ')
				return {
					columns: triple,
					scaler,
					stride,
					reason: `${shown}: three voltages near 230 V${times(scaler)}`,
					// Currents of one moment may look like them.
					sure: others.length === 0 && triple.every(({ values }) => new Set(values).size >= ENOUGH),
					isAlone: false,
				}
			}
		}
		const [only, ...more] = near
		if (only && more.length === 0) {
			const reason = `${someOf(only.values)} is near 230 V${times(scaler)}`
			// A counter may pass by there.
			const isShown = new Set(only.values).size >= MANY && !isCounter(only.values)
			return { columns: [only], scaler, stride: 1, reason, sure: isShown, isAlone: !isShown && widthOf(only) !== '16' }
		}
	}
	return undefined
}

/** How far the largest of some columns is from the smallest, at most. */
const unevenness = (columns: readonly Column[]) =>
	Math.max(
		...[...(columns[0]?.values.keys() ?? [])].map((at) => {
			const values = columns.map(({ values: own }) => own[at] ?? 0)
			return Math.max(...values) / Math.min(...values)
		}),
	)

/** The bits of a column's numbers. */
const widthOf = ({ kind }: Column) => kind.slice(1)

const times = (scaler: number) => (scaler === 0 ? '' : ` × ${10 ** -scaler}`)
const isMains = (volts: number) => volts >= 205 && volts <= 255
const someOf = (values: readonly (number | undefined)[]) => values.find((value) => value !== undefined && value !== 0)

/** Whether a column differs from telegram to telegram. */
const isVaried = (columns: readonly Column[]) => columns.every(({ values }) => new Set(values).size >= ENOUGH)

type Loads = { amps: Column[]; power: Column | undefined; reason: string; sure: boolean }
type Candidate = { amps: Column[]; power: Column; scaler: number; factors: number[]; apparent: number; watts: number }

/** The largest power (W) of a house: numbers beyond are counters. */
const MAX_POWER = 250_000

/** P ≈ Σ U·I in each telegram: currents at the distance of the voltages, and the power that they make. */
function loadsIn(columns: readonly Column[], volts: Voltages): Loads | undefined {
	const free = columns.filter((column) => !volts.columns.includes(column))
	const at = (place: number) => free.find((column) => column.place === place)
	const triples = free.flatMap((first) => {
		const amps = volts.columns.map((_, phase) => at(first.place + phase * volts.stride))
		return amps.every((column) => column?.kind === first.kind) ? [amps as Column[]] : []
	})
	const candidates = triples.flatMap((amps) =>
		free.flatMap((power) => (amps.includes(power) ? [] : SCALERS.flatMap((scaler) => fitting(volts, amps, power, scaler)))),
	)
	const spread = ({ factors }: Candidate) => Math.max(...factors) / Math.min(...factors)
	const isBeside = ({ amps }: Candidate) => {
		const distance = Math.abs((amps[0]?.place ?? 0) - (volts.columns[0]?.place ?? 0))
		return (
			widthOf(amps[0] as Column) === widthOf(volts.columns[0] as Column) && distance <= Math.max(volts.columns.length, volts.stride - 1)
		)
	}
	const isShown = (one: Candidate) =>
		one.factors.length >= (isBeside(one) ? ENOUGH : MANY) &&
		isVaried([one.power]) &&
		spread(one) < 1.2 &&
		!isCounter(one.power.values) &&
		one.watts <= MAX_POWER
	const likely = candidates.filter((one) => isBeside(one) || isShown(one))
	const [best, ...others] = likely.sort(
		(one, other) =>
			Number(isBeside(other)) - Number(isBeside(one)) || other.factors.length - one.factors.length || spread(one) - spread(other),
	)
	if (!best) return undefined
	const isAlone = others.every(({ amps, scaler }) => amps[0] === best.amps[0] && scaler === best.scaler)
	return {
		amps: best.amps,
		power: best.power,
		reason: `P = ${Math.round(best.watts)} W and Σ U·I = ${Math.round(best.apparent)} VA${best.factors.length > 1 ? `, and so in ${best.factors.length} telegrams` : ''}`,
		sure: isAlone && isShown(best),
	}
}

/** The power factor of each telegram, if all are possible and one is near 1. */
function fitting(volts: Voltages, amps: readonly Column[], power: Column, scaler: number): Candidate[] {
	const factors: number[] = []
	let most = { apparent: 0, watts: 0 }
	for (const [telegram, watts] of power.values.entries()) {
		if (watts === undefined || watts < 20) continue
		const apparent = amps.reduce((sum, { values }, phase) => {
			const volt = volts.columns[phase]?.values[telegram] ?? 0
			return sum + volt * 10 ** volts.scaler * Math.abs(values[telegram] ?? 0) * 10 ** scaler
		}, 0)
		const factor = watts / apparent
		if (!(factor > 0.5 && factor < 1.1)) return []
		factors.push(factor)
		if (watts > most.watts) most = { apparent, watts }
	}
	return factors.some((factor) => factor > 0.85) ? [{ amps: [...amps], power, scaler, factors, ...most }] : []
}

/** The power that the currents make; behind it, in the order that meters have, the power of the other direction, and reactive powers. */
function powerGuesses(power: Column, rest: readonly Column[], reason: string): PlaceGuess[] {
	const next = (distance: number) => rest.find((column) => column.place === power.place + distance && column.kind === power.kind)
	const other = next(1)
	const isOther = other?.values.every((value, at) => value === 0 || power.values[at] === 0) ?? false
	const reactive = isOther ? [next(2), next(3)] : []
	return [
		guess(power, '1-0:1.7.0', `${reason}; that it is taken from the grid is assumed`, false),
		...(other && isOther ? [guess(other, '1-0:2.7.0', 'behind the power, and 0 while that is not', false)] : []),
		...reactive.flatMap((column, at) => (column ? [guess(column, `1-0:${3 + at}.7.0`, 'behind the active powers', false)] : [])),
	]
}

/** Watt-hours from which a number that stands still may be a counter: 100 kWh. */
const LEAST_COUNT = 100_000

/** Columns side by side that never fall, and the first of which rises or is large: counters in the order that meters have. */
function counterGuesses(columns: readonly Column[]): PlaceGuess[] {
	const counters = columns.filter(({ kind, values }) => /^u(32|64)$/.test(kind) && isCounter(values))
	const first = counters.find((column) => isRising(column) || lastOf(column) >= LEAST_COUNT)
	if (!first || columns.length < 2) return []
	const run: Column[] = []
	for (let column: Column | undefined = first; column; ) {
		run.push(column)
		const place: number = column.place + 1
		column = counters.find((one) => one.place === place && one.kind === first.kind)
	}
	const tariffs = run.flatMap((_, at) => (at % 3 === 0 && at < 6 && isSum(run.slice(at, at + 3)) ? run.slice(at, at + 3) : []))
	if (isSum(run.slice(0, 3)) && lastOf(first) > 0)
		return tariffs.map((column, at) =>
			guess(
				column,
				`1-0:${Math.floor(at / 3) + 1}.8.${at % 3}`,
				at % 3 === 0 ? 'the sum of the next two' : 'a part of the sum before',
				false,
			),
		)
	if (run.length !== 1 && run.length !== 2 && run.length !== 4) return []
	return run.map((column, at) =>
		guess(column, `1-0:${at + 1}.8.0`, `a counter: ${lastOf(column)}${isRising(column) ? ', and it rises' : ''}`, false),
	)
}

const lastOf = ({ values }: Column) => values.findLast((value) => value !== undefined) ?? 0

/** Whether the first of three columns is the sum of the others. */
function isSum([total, ...parts]: readonly Column[]): boolean {
	if (!total || parts.length !== 2) return false
	return total.values.every((value, at) => {
		const sum = parts.reduce((all, { values }) => all + (values[at] ?? 0), 0)
		return value === undefined || Math.abs(value - sum) <= 1
	})
}

const isCounter = (values: readonly (number | undefined)[]) =>
	values.every((value, at) => value === undefined || at === 0 || value >= (values[at - 1] ?? 0)) &&
	values.some((value) => value !== undefined)
const isRising = ({ values }: Column) => values.length > 1 && (values.at(-1) ?? 0) > (values[0] ?? 0) && (values.at(-1) ?? 0) >= 1000
