import type { Bar } from '../../schema/types/api.ts'
import type { Sum, Totals } from '../../schema/types/totals.ts'
import { isoInstant } from '../telegram/zone.ts'
import { barsOf } from './bars.ts'
import { type BarStep, dateOf, midnight } from './calendar.ts'
import type { Source } from './source.ts'

/** Gives when the months and the year of the totals begin (seconds since 1970). */
export function totalsFrom(now: number, zone: string): { lastMonth: number; month: number; year: number } {
	const [year, month] = dateOf(now, zone)
	return { lastMonth: midnight(year, month - 1, 1, zone), month: midnight(year, month, 1, zone), year: midnight(year, 0, 1, zone) }
}

/**
 * Sums up a meter's days, months and year by the clocks of its zone. Those that go on are sums up to now; of those before, the ones of which something is
 * known. The year has energies only: what it cost is a question to the history. `known`: the last month, where it was summed up before.
 */
export function totalsOf(source: Source, known?: Sum): Totals {
	const { meter, zone, now } = source
	const [year, month, day] = dateOf(now, zone)
	const at = (...date: [number, number, number]) => midnight(...date, zone)
	const sums = (step: BarStep, ...edges: number[]) => {
		const { bars, currency } = barsOf(source, step, edges, step === 'year')
		return bars.map((bar, place) => sumOf(bar, (edges[place + 1] ?? 0) <= now, currency))
	}
	const days = sums('day', at(year, month, day - 1), at(year, month, day), at(year, month, day + 1))
	const ends = [at(year, month, 1), at(year, month + 1, 1)]
	const months = known ? [known, ...sums('month', ...ends)] : sums('month', at(year, month - 1, 1), ...ends)
	const years = sums('year', at(year, 0, 1), at(year + 1, 0, 1))
	const [yesterday, today] = days as [Sum, Sum]
	const [lastMonth, thisMonth] = months as [Sum, Sum]
	return {
		schema: 'cii.totals/1',
		meter,
		time: isoInstant(now * 1000, zone),
		today,
		...(isKnown(yesterday) && { yesterday }),
		month: thisMonth,
		...(isKnown(lastMonth) && { lastMonth }),
		...(years[0] && isKnown(years[0]) && { year: years[0] }),
	}
}

const isKnown = ({ energy_import, energy_export, submeters }: Sum) =>
	energy_import !== undefined || energy_export !== undefined || submeters !== undefined

function sumOf(bar: Bar, isOver: boolean, currency: string | undefined): Sum {
	const { start, end, import: taken, export: given, channels, peak, peakAt, cost, revenue, complete } = bar
	const hasCost = cost !== undefined || revenue !== undefined
	return {
		from: start,
		...(isOver && { to: end }),
		...(taken !== undefined && { energy_import: taken }),
		...(given !== undefined && { energy_export: given }),
		...(cost !== undefined && { cost }),
		...(revenue !== undefined && { revenue }),
		...(hasCost && currency !== undefined && { currency }),
		...(peak !== undefined && peakAt !== undefined && { peak_import: peak, peak_time: peakAt }),
		complete,
		...(channels && { submeters: channels }),
	}
}
