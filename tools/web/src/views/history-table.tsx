import { amountOf, isWhole, unitOf } from '../data/amounts.ts'
import type { Past } from '../data/past.ts'
import type { Period } from '../data/period.ts'
import { date, number } from '../format.ts'
import { say } from '../words/words.ts'

/** The bars of a period as a table, for those who read numbers and for screen readers. */
export function PastTable({ past, period, channel }: { past: Past; period: Period; channel: string | undefined }) {
	const { bars, currency, sum } = past
	const { kind, timeZone } = period
	const unit = channel === undefined ? 'kWh' : unitOf(channel)
	const write = (value: number | undefined) => (value === undefined ? '–' : number(unit === 'kWh' ? value / 1000 : value, 3))
	const time = (start: string) => date(start, kind === 'day' ? 'time' : kind === 'month' ? 'weekday' : 'month', timeZone)
	const costs = channel === undefined && currency !== undefined && bars.some(({ cost }) => cost !== undefined)
	const feeds = channel === undefined && bars.some((bar) => (bar.export ?? 0) > 0)
	const cost = (bar: { cost?: number; revenue?: number } | undefined) =>
		bar?.cost === undefined ? '–' : number(bar.cost - (bar.revenue ?? 0), 2)
	if (bars.length === 0) return <p class="faint">{say('history.empty')}</p>
	return (
		<section class="table-box" aria-label={say('history.table')}>
			<table>
				<thead>
					<tr>
						<th scope="col">{say('history.time')}</th>
						<th scope="col" class="number">
							{channel === undefined ? say('history.drawn') : say('meter.value')}, {unit}
						</th>
						{feeds && (
							<th scope="col" class="number">
								{say('history.fed')}, {unit}
							</th>
						)}
						{costs && (
							<th scope="col" class="number">
								{say('history.balance')}, {currency}
							</th>
						)}
					</tr>
				</thead>
				<tbody>
					{bars.map((bar) => (
						<tr key={bar.start}>
							<th scope="row">
								{time(bar.start)}
								{!isWhole(bar, channel) && <span class="faint"> · {say('history.incomplete')}</span>}
							</th>
							<td class="number">{write(amountOf(bar, channel))}</td>
							{feeds && <td class="number">{write(bar.export)}</td>}
							{costs && <td class="number">{cost(bar)}</td>}
						</tr>
					))}
				</tbody>
				{sum && (
					<tfoot>
						<tr>
							<th scope="row">{say('history.total')}</th>
							<td class="number">{write(amountOf(sum, channel))}</td>
							{feeds && <td class="number">{write(sum.export)}</td>}
							{costs && <td class="number">{cost(sum)}</td>}
						</tr>
					</tfoot>
				)}
			</table>
		</section>
	)
}
