import type { Bar } from '../api/types.ts'
import { amountOf, isWhole, unitOf } from '../data/amounts.ts'
import type { Past } from '../data/past.ts'
import type { Period } from '../data/period.ts'
import { energy, money, number, peak, percent, when } from '../format.ts'
import { clock } from '../live.ts'
import { Figure } from '../parts/sums.tsx'
import { type Key, say } from '../words/words.ts'

const BEFORE: Record<Period['kind'], Key> = { day: 'history.yesterday', month: 'history.lastMonth', year: 'history.lastYear' }

/** Shows the sums of a period, compared with the one before. */
export function PastSummary({ past, period, channel }: { past: Past; period: Period; channel: string | undefined; name: string }) {
	const { sum, before, currency } = past
	if (!sum) return null
	// A period that has not ended is no more or less than a whole one.
	const ended = period.to <= clock.peek()
	const against = (of: (bar: Bar) => number | undefined, write: (value: number) => string) => {
		const [one, other] = [of(sum), before && of(before)]
		if (one === undefined || other === undefined) return undefined
		if (before && !before.complete) return `${say(BEFORE[period.kind])} ${write(other)}, ${say('history.incomplete')}`
		if (!ended || other <= 0) return `${say(BEFORE[period.kind])} ${write(other)}`
		const change = one / other - 1
		if (Math.abs(change) < 0.005) return say('history.equal', { period: say(BEFORE[period.kind]) })
		const words = say(change > 0 ? 'history.more' : 'history.less', { percent: percent(Math.abs(change)) })
		return say('history.against', { change: words, period: say(BEFORE[period.kind]) })
	}
	if (channel !== undefined) {
		const write = (value: number) => (unitOf(channel) === 'kWh' ? energy(value) : number(value, 3, unitOf(channel)))
		const amount = amountOf(sum, channel)
		if (amount === undefined) return null
		return (
			<section class="card sums" aria-label={say('history.total')}>
				<Figure
					name={say('history.total')}
					value={write(amount)}
					below={against((bar) => amountOf(bar, channel), write)}
					partly={!isWhole(sum, channel)}
				/>
			</section>
		)
	}
	const feeds = (sum.export ?? 0) > 0 || (before?.export ?? 0) > 0
	return (
		<section class="card sums" aria-label={say('history.total')}>
			{sum.import !== undefined && (
				<Figure
					name={say('history.drawn')}
					value={energy(sum.import)}
					side="import"
					below={against((bar) => bar.import, energy)}
					partly={!sum.complete}
				/>
			)}
			{feeds && sum.export !== undefined && (
				<Figure name={say('history.fed')} value={energy(sum.export)} side="export" below={against((bar) => bar.export, energy)} />
			)}
			{sum.cost !== undefined && currency !== undefined && (
				<Figure
					name={say(sum.revenue ? 'history.balance' : 'history.cost')}
					value={money(sum.cost - (sum.revenue ?? 0), currency)}
					below={
						sum.revenue
							? `${say('history.cost')} ${money(sum.cost, currency)} · ${say('history.revenue')} ${money(sum.revenue, currency)}`
							: undefined
					}
				/>
			)}
			{sum.peak !== undefined && sum.peak > 0 && (
				<Figure
					name={say('history.peak')}
					value={peak(sum.peak)}
					below={sum.peakAt === undefined ? undefined : when(sum.peakAt, period.timeZone)}
				/>
			)}
		</section>
	)
}
