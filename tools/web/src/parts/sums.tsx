import type { Sum } from '../api/types.ts'
import { energy, money, peak, when } from '../format.ts'
import { keep, kept } from '../kept.ts'
import { titleOf } from '../live.ts'
import { say } from '../words/words.ts'

type SumsProps = {
	today: Sum | undefined
	yesterday: Sum | undefined
	month: Sum | undefined
	timeZone: string | undefined
	/** The meters that the sums of several lack. */
	without?: { today: string[]; yesterday: string[] }
}

/** Today at a glance: drawn, fed in, cost, and the month's highest quarter-hour; below each what it was yesterday. */
export function Sums({ today, yesterday, month, timeZone, without }: SumsProps) {
	if (!today) return null
	const lacking = (names: string[] = []) =>
		names.length === 0 ? undefined : say('chart.without', { names: names.map(titleOf).join(', ') })
	const [lacks, lacked] = [lacking(without?.today), lacking(without?.yesterday)]
	const before = (text: string | undefined) =>
		text === undefined ? undefined : `${say('now.yesterday')} ${text}${lacked === undefined ? '' : ` (${lacked})`}`
	const { currency } = today
	const feeds =
		today.energy_export !== undefined && (today.energy_export > 0 || (yesterday?.energy_export ?? 0) > 0 || (month?.energy_export ?? 0) > 0)
	const hasPeak = month?.peak_import !== undefined && month.peak_import > 0
	const count = [today.energy_import !== undefined, feeds, today.cost !== undefined && currency !== undefined, hasPeak].filter(
		Boolean,
	).length
	if (String(count) !== kept('figures')) keep('figures', String(count))
	if (count === 0) return null
	return (
		<section class="sums card" aria-label={say('now.today')}>
			{today.energy_import !== undefined && (
				<Figure
					name={`${say('now.drawn')}, ${say('now.today').toLowerCase()}`}
					value={energy(today.energy_import)}
					side="import"
					below={before(yesterday?.energy_import === undefined ? undefined : energy(yesterday.energy_import))}
					partly={!today.complete}
				/>
			)}
			{feeds && today.energy_export !== undefined && (
				<Figure
					name={`${say('now.fed')}, ${say('now.today').toLowerCase()}`}
					value={energy(today.energy_export)}
					side="export"
					below={before(yesterday?.energy_export === undefined ? undefined : energy(yesterday.energy_export))}
				/>
			)}
			{today.cost !== undefined && currency !== undefined && (
				<Figure
					name={`${say('now.cost')}, ${say('now.today').toLowerCase()}`}
					value={money(today.cost - (today.revenue ?? 0), currency)}
					below={before(yesterday?.cost === undefined ? undefined : money(yesterday.cost - (yesterday.revenue ?? 0), currency))}
				/>
			)}
			{month?.peak_import !== undefined && month.peak_import > 0 && (
				<Figure
					name={say('now.peak')}
					value={peak(month.peak_import)}
					below={month.peak_time === undefined ? undefined : when(month.peak_time, timeZone)}
				/>
			)}
			{lacks !== undefined && (
				<p class="faint small">
					{say('now.today')}: {lacks}
				</p>
			)}
		</section>
	)
}

/** Keeps the place of the sums until they come: as many figures as there were last time. */
export function PendingSums() {
	const count = Number(kept('figures') ?? 1)
	if (count === 0) return null
	return (
		<section class="sums card" aria-hidden="true">
			{Array.from({ length: count }, (_, at) => (
				<Figure key={at} name={'\u00a0'} value={'\u00a0'} below={'\u00a0'} />
			))}
		</section>
	)
}

type FigureProps = { name: string; value: string; side?: 'import' | 'export'; below?: string | undefined; partly?: boolean }

/** A figure with its name above, and what to hold it against below. */
export function Figure({ name, value, side, below, partly }: FigureProps) {
	// A currency before its digits is no unit behind them.
	const space = value.lastIndexOf('\u00a0')
	const at = /\d/.test(value.slice(space)) ? -1 : space
	return (
		<dl class="one-figure">
			<dt>{name}</dt>
			<dd class="amount">
				{side && (
					<span class={side} aria-hidden="true">
						{side === 'import' ? '↓' : '↑'}{' '}
					</span>
				)}
				{at < 0 ? value : value.slice(0, at)}
				{at >= 0 && <span class="unit">{value.slice(at)}</span>}
			</dd>
			{(below !== undefined || partly) && (
				<dd class="faint small">
					{below} {partly && say('now.incomplete')}
				</dd>
			)}
		</dl>
	)
}
