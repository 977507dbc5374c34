import '../style/now.css'
import '../style/history.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { address } from '../api/client.ts'
import { type BarShape, Bars } from '../charts/bars.tsx'
import { Amounts, amounts } from '../charts/power-chart.tsx'
import { channelsOf, shapesOf, unitOf } from '../data/amounts.ts'
import { barsOf, type Past, usePast, zones } from '../data/past.ts'
import { beside, type Kind, type Period, periodAt, periodName, periodNamed, ticksOf } from '../data/period.ts'
import { date, energy, number, when } from '../format.ts'
import { keep, kept } from '../kept.ts'
import { clock, keepsHistory, meterOf, names, titleOf } from '../live.ts'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { go, route } from '../router.ts'
import { type Key, say, sayIf } from '../words/words.ts'
import { PastSummary } from './history-summary.tsx'
import { PastTable } from './history-table.tsx'

const KINDS: Kind[] = ['day', 'month', 'year']
const isKind = (name: string | undefined): name is Kind => KINDS.includes(name as Kind)

/** Shows what was drawn, fed in and paid by day, month or year: `#/history/METER/day/2026-11-28`. */
export function HistoryView() {
	const all = names.value
	if (all === undefined) return <p class="lonely faint">{say('app.loading')}</p>
	const [, wanted, step, when] = route.value.parts
	const before = kept('history')
	const name = [wanted, before].find((one) => one !== undefined && all.includes(one)) ?? all[0]
	if (name === undefined) return <Empty />
	if (!keepsHistory.value)
		return (
			<div class="lonely">
				<h1>{say('history.off')}</h1>
				<p class="faint">{say('history.offHint')}</p>
			</div>
		)
	const timeZone = meterOf(name).value?.timezone ?? zones.value[name]
	const kind = isKind(step) ? step : 'day'
	const period = (when !== undefined && periodNamed(kind, when, timeZone)) || periodAt(kind, clock.peek(), timeZone)
	return <OnePeriod key={`${name} ${kind}`} name={name} period={period} all={all} />
}

const SUMS: Record<Kind, Key> = { day: 'history.quarters', month: 'history.days', year: 'history.months' }

function OnePeriod({ name, period, all }: { name: string; period: Period; all: string[] }) {
	const past = usePast(name, period)
	const of = useSignal('')
	const table = useSignal(kept('table') === 'yes')
	useEffect(() => {
		keep('history', name)
	}, [name])
	const show = (next: Period, meter = name) => go(['history', meter, next.kind, next.name], { replace: true })
	const last = period.to > clock.peek()
	const turn = (step: -1 | 1) => (step > 0 && last) || show(beside(period, step))
	const channels = past.value ? channelsOf(past.value.bars) : []
	const choose = (one: string) => {
		of.value = one
	}
	const channel = channels.find((one) => one === of.value)
	return (
		<div class="history">
			<Head name={name} period={period} all={all} last={last} show={show} turn={turn} />
			{past.value && <PastSummary past={past.value} period={period} channel={channel} name={name} />}
			<section class="card chart-card" aria-label={say(SUMS[period.kind])}>
				<header class="chart-head">
					{channels.length > 0 ? (
						<Channels name={name} channels={channels} shown={channel} choose={choose} />
					) : (
						<h2>{say('medium.electricity')}</h2>
					)}
				</header>
				{past.failure.value ? (
					<p class="faint">{past.failure.value}</p>
				) : past.value === undefined ? (
					<p class="placeholder faint">{say('app.loading')}</p>
				) : table.value ? (
					<PastTable past={past.value} period={period} channel={channel} />
				) : (
					<PastChart past={past.value} period={period} channel={channel} turn={turn} />
				)}
			</section>
			{past.value && past.value.gaps.length > 0 && channel === undefined && <Gaps past={past.value} period={period} />}
			<p class="downloads">
				<button
					type="button"
					class="quiet"
					onClick={() => {
						table.value = !table.value
						keep('table', table.value ? 'yes' : undefined)
					}}
				>
					{say(table.value ? 'history.chart' : 'history.table')}
				</button>
				<span class="faint wide-only">{say('history.download')}</span>
				{(['csv', 'json'] as const).map((format) => (
					<a key={format} class="button quiet" href={exportOf(name, period, format)} download={`${name}-${period.name}.${format}`}>
						<Icon name="download" size={20} />
						{say(`history.${format}`)}
					</a>
				))}
			</p>
		</div>
	)
}

type HeadProps = {
	name: string
	period: Period
	all: string[]
	/** The period has not ended: it is the last one. */
	last: boolean
	show(next: Period, meter?: string): void
	turn(step: -1 | 1): void
}

/** Says what is shown, and leads to the periods beside it. */
function Head({ name, period, all, last, show, turn }: HeadProps) {
	const now = clock.peek()
	return (
		<>
			<header class="history-head">
				<h1>{say('history.title')}</h1>
				{all.length > 1 && (
					<label>
						<span class="hidden-text">{say('history.meter')}</span>
						<select value={name} onChange={(event) => show(period, event.currentTarget.value)}>
							{all.map((one) => (
								<option key={one} value={one}>
									{titleOf(one)}
								</option>
							))}
						</select>
					</label>
				)}
				<fieldset class="choice">
					<legend class="hidden-text">{say('history.step')}</legend>
					{KINDS.map((kind) => (
						<label key={kind}>
							<input
								type="radio"
								name="kind"
								checked={kind === period.kind}
								onChange={() => show(periodAt(kind, Math.min(now, period.to - 1), period.timeZone))}
							/>
							{say(`history.${kind}`)}
						</label>
					))}
				</fieldset>
			</header>
			<nav class="turn" aria-label={say('history.step')}>
				<button type="button" class="quiet icon-only" aria-label={say('history.previous')} onClick={() => turn(-1)}>
					<Icon name="left" />
				</button>
				<h2 aria-live="polite">{periodName(period, window.innerWidth < 700)}</h2>
				<button type="button" class="quiet icon-only" aria-label={say('history.next')} disabled={last} onClick={() => turn(1)}>
					<Icon name="right" />
				</button>
				{!last && (
					<button type="button" class="quiet" onClick={() => show(periodAt(period.kind, clock.peek(), period.timeZone))}>
						{say('history.today')}
					</button>
				)}
			</nav>
		</>
	)
}

type ChannelsProps = { name: string; channels: string[]; shown: string | undefined; choose(channel: string): void }

/** Electricity, or one of what the meter's sub-meters measure. */
function Channels({ name, channels, shown, choose }: ChannelsProps) {
	return (
		<fieldset class="choice">
			<legend class="hidden-text">{say('meter.value')}</legend>
			{['', ...channels].map((one) => (
				<label key={one}>
					<input type="radio" name="of" checked={one === (shown ?? '')} onChange={() => choose(one)} />
					{one === '' ? say('medium.electricity') : channelName(name, one)}
				</label>
			))}
		</fieldset>
	)
}

/** The medium of a channel, in words. */
function channelName(meter: string, channel: string): string {
	const { submeters } = meterOf(meter).value?.state ?? {}
	const one =
		typeof submeters === 'object' && submeters !== null
			? (submeters as Record<string, { medium?: string }>)[channel.split('.')[0] ?? '']
			: undefined
	return sayIf(`medium.${one?.medium}`) ?? one?.medium ?? say('now.channel', { channel })
}

function exportOf(name: string, { kind, from, to }: Period, format: 'csv' | 'json'): string {
	const step = barsOf(kind)
	const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step, format })
	return address(`meters/${encodeURIComponent(name)}/history?${query}`)
}

type ChartProps = { past: Past; period: Period; channel: string | undefined; turn(step: -1 | 1): void }

function PastChart({ past, period, channel, turn }: ChartProps) {
	const { timeZone, kind } = period
	const shapes = shapesOf(past.bars, channel)
	const unit = channel === undefined ? 'kWh' : unitOf(channel)
	const scale = unit === 'kWh' ? 1000 : 1
	const sum = (side: 'up' | 'down') => shapes.reduce((total, bar) => total + (bar[side] ?? 0), 0)
	const amount = (value: number) => (unit === 'kWh' ? energy(value) : number(value, 3, unit))
	const time = (bar: { start: number; end: number }) => barTime(bar, kind, timeZone)
	const inside: Kind | undefined = kind === 'year' ? 'month' : kind === 'month' ? 'day' : undefined
	const choose = (bar: BarShape) => inside && go(['history', past.meter, inside, periodAt(inside, bar.start, timeZone).name])
	return (
		<Bars
			bars={shapes}
			holes={past.gaps.map((gap) => ({ start: Date.parse(gap.start), end: Date.parse(gap.end), text: say('chart.gap') }))}
			from={period.from}
			to={period.to}
			height={340}
			neutral={channel !== undefined}
			label={say('history.chartLabel', { span: periodName(period), import: amount(sum('up')), export: amount(sum('down')) })}
			axis={(value, step) => number(value / scale, decimals(step / scale))}
			unit={unit}
			ticks={ticksOf(period, window.innerWidth < 700)}
			read={(bar) => (
				<>
					<span class="faint">{time(bar)}</span>{' '}
					{channel === undefined ? <Amounts up={bar.up} down={bar.down} /> : <strong>{amount(bar.up ?? 0)}</strong>}{' '}
					{(bar.partly || bar.mark) && <span class="faint">{say(bar.partly ? 'history.incomplete' : 'history.highest')}</span>}
				</>
			)}
			tell={(bar) => `${time(bar)}: ${channel === undefined ? amounts(bar) : amount(bar.up ?? 0)}`}
			idle={shapes.length === 0 ? <span class="faint">{say('history.empty')}</span> : <span class="faint">{say(SUMS[kind])}</span>}
			turn={turn}
			{...(inside && { choose })}
		/>
	)
}

const decimals = (step: number) => Math.max(0, -Math.floor(Math.log10(step * 1.0001)))

/** Says when a bar was: `14:15–14:30`, `Friday, 27 November 2026`, `November 2026`. */
export function barTime({ start, end }: { start: number; end: number }, kind: Kind, timeZone: string | undefined): string {
	if (kind === 'day') return `${date(start, 'time', timeZone)}–${date(end, 'time', timeZone)}`
	return date(start, kind === 'month' ? 'day' : 'month', timeZone)
}

function Gaps({ past, period }: { past: Past; period: Period }) {
	return (
		<section class="card gaps">
			<header>
				<h2>{say('history.gaps')}</h2>
			</header>
			<ul>
				{past.gaps.map((gap) => (
					<li key={gap.start}>
						{say('history.gap', {
							import: energy(gap.import ?? 0),
							export: energy(gap.export ?? 0),
							from: when(gap.start, period.timeZone),
							to: when(gap.end, period.timeZone),
						})}
					</li>
				))}
			</ul>
		</section>
	)
}
