import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { History } from '../api/types.ts'
import type { Curve } from '../data/curve.ts'
import { type HouseBar, houseBars } from '../data/house.ts'
import { monthOf, periodAt } from '../data/period.ts'
import { minutes, recentOf } from '../data/recent.ts'
import { date, energy, number, power, when } from '../format.ts'
import { keep, kept } from '../kept.ts'
import { clock, keepsHistory, meterOf, titleOf } from '../live.ts'
import { go } from '../router.ts'
import { dark } from '../theme.ts'
import { type Key, language, say } from '../words/words.ts'
import { type BarShape, Bars } from './bars.tsx'
import type { Plot } from './plot.ts'

const RANGES = {
	'1h': { seconds: 3600, word: 'chart.hour' },
	'24h': { seconds: 86_400, word: 'chart.day' },
	'7d': { seconds: 7 * 86_400, word: 'chart.week' },
	'1y': { seconds: 365 * 86_400, word: 'chart.year' },
} as const satisfies Record<string, { seconds: number; word: Key }>
type Range = keyof typeof RANGES
const isRange = (name: string | undefined): name is Range => name !== undefined && name in RANGES

/** Power of some meters together over an hour, a day or a week, and energy by day over a year. */
export function PowerChart({ names }: { names: string[] }) {
	const first = kept('range')
	const range = useSignal<Range>(isRange(first) ? first : '24h')
	const shown: Range = keepsHistory.value ? range.value : '1h'
	return (
		<section class="card chart-card" aria-label={say(shown === '1y' ? 'chart.energy' : 'chart.power')}>
			<header class="chart-head">
				<h2>{say(shown === '1y' ? 'chart.energy' : 'chart.power')}</h2>
				{keepsHistory.value ? (
					<fieldset class="choice">
						<legend class="hidden-text">{say('chart.range')}</legend>
						{(Object.keys(RANGES) as Range[]).map((name) => (
							<label key={name}>
								<input
									type="radio"
									name={`range-${names.join()}`}
									checked={name === shown}
									onChange={() => {
										range.value = name
										keep('range', name)
									}}
								/>
								{say(`chart.${name}`)}
							</label>
						))}
					</fieldset>
				) : (
					<span class="faint small">{say('chart.noHistory')}</span>
				)}
			</header>
			{shown === '1y' ? (
				<YearChart key={names.join()} names={names} />
			) : (
				<Line key={`${shown} ${names.join()} ${language.value}`} names={names} range={shown} />
			)}
		</section>
	)
}

/** Milliseconds after which longer curves are asked for again. */
const AGAIN = 60_000

/** Asks for the power of a day or a week, and again each minute; the last hour is known without. */
function usePastCurve(names: string[], range: '1h' | '24h' | '7d'): Curve | undefined {
	const past = useSignal<Curve | undefined>(undefined)
	useEffect(() => {
		if (range === '1h') return
		const load = async () => {
			const to = clock.value
			try {
				past.value = await minutes(names, to - RANGES[range].seconds * 1000, to, range === '24h' ? 'minute' : 'quarter')
			} catch {
				// The curve stays as it was, and is asked for again.
			}
		}
		void load()
		const timer = setInterval(() => void (document.hidden || load()), AGAIN)
		return () => clearInterval(timer)
	}, [])
	return past.value
}

function Line({ names, range }: { names: string[]; range: '1h' | '24h' | '7d' }) {
	const box = useRef<HTMLDivElement>(null)
	const plot = useRef<Plot | undefined>(undefined)
	const past = usePastCurve(names, range)
	const pointed = useSignal<{ time: number; power: number } | undefined>(undefined)
	const ready = useSignal(false)
	const { seconds, word } = RANGES[range]
	const timeZone = meterOf(names[0] ?? '').value?.timezone
	const recent = recentOf(names)
	useEffect(() => {
		let gone = false
		void import('./plot.ts').then(({ makePlot }) => {
			if (gone || !box.current) return
			plot.current = makePlot({
				element: box.current,
				span: seconds,
				timeZone,
				point: (at) => {
					pointed.value = at
				},
			})
			ready.value = true
		})
		return () => {
			gone = true
			plot.current?.destroy()
			plot.current = undefined
		}
	}, [])
	// The hour moves on with each reading, and each second without one.
	const curve = range === '1h' ? recent.curve : past
	const now = range === '1h' ? clock.value : clock.value - (clock.value % AGAIN)
	const version = recent.version.value
	useEffect(() => {
		// Without history the chart begins where the page did.
		const first = keepsHistory.value ? undefined : Math.min(now - 120_000, (curve?.times[0] ?? 0) * 1000)
		if (ready.value && curve) plot.current?.draw(curve, now, first)
	}, [ready.value, curve, now, range === '1h' ? version : 0, dark.value])
	const known = curve?.powers.filter((one) => one !== null) ?? []
	const at = pointed.value
	const label =
		known.length === 0
			? say('chart.none')
			: say('chart.between', { span: say(word), low: signed(Math.min(...known)), high: signed(Math.max(...known)) })
	return (
		<figure class="line">
			<figcaption class="readout" aria-hidden="true">
				{at ? (
					<>
						<span class="faint">{when(at.time, timeZone)}</span> <Flow value={at.power} />{' '}
						<Without names={curve?.without?.get(at.time / 1000)} />
					</>
				) : curve && known.length === 0 ? (
					<span class="faint">{say('chart.none')}</span>
				) : (
					<Without names={[...new Set([...(curve?.without?.values() ?? [])].flat())]} part />
				)}
			</figcaption>
			<div
				ref={box}
				class="plot line-plot"
				role="slider"
				aria-label={label}
				aria-valuemin={0}
				aria-valuemax={seconds}
				aria-valuenow={at ? Math.round(seconds - (now - at.time) / 1000) : seconds}
				aria-valuetext={at ? `${when(at.time, timeZone)}: ${directed(at.power)}` : label}
				tabIndex={0}
				onKeyDown={(event) => {
					const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
					if (step === 0) return
					event.preventDefault()
					plot.current?.move(step * (event.shiftKey ? 15 : 1))
				}}
			/>
		</figure>
	)
}

/** A power with its direction in words. */
const directed = (value: number) => `${power(value)} ${say(value > 0 ? 'now.import' : value < 0 ? 'now.export' : 'now.none')}`
const signed = (value: number) => `${value < 0 ? '−' : ''}${power(value)}`

/** A power with the colour and the arrow of its direction. */
export function Flow({ value }: { value: number }) {
	if (value === 0) return <strong>{power(0)}</strong>
	return (
		<strong class={value > 0 ? 'import' : 'export'}>
			{value > 0 ? '↓' : '↑'} {power(value)}
			<span class="hidden-text"> {say(value > 0 ? 'now.import' : 'now.export')}</span>
		</strong>
	)
}

/** Names meters, by their titles. */
const titles = (names: string[]) => names.map(titleOf).join(', ')

/** Says which meters a sum lacks; nothing where it has all. `part`: at some of its times. */
function withoutText(names: string[] | undefined, part = false): string | undefined {
	return names && names.length > 0 ? say(part ? 'chart.partlyWithout' : 'chart.without', { names: titles(names) }) : undefined
}

/** Says beside a sum which meters it lacks. */
export function Without({ names, part = false }: { names: string[] | undefined; part?: boolean }) {
	const text = withoutText(names, part)
	return text === undefined ? null : <span class="faint small">{text}</span>
}

function YearChart({ names }: { names: string[] }) {
	const bars = useSignal<HouseBar[] | undefined>(undefined)
	const to = useRef(clock.value).current
	const timeZone = meterOf(names[0] ?? '').value?.timezone
	const from = to - RANGES['1y'].seconds * 1000
	useEffect(() => {
		const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step: 'day' })
		void Promise.all(names.map((name) => call<History>(`meters/${encodeURIComponent(name)}/history?${query}`))).then(
			(answers) => {
				bars.value = houseBars(names.map((name, at) => ({ name, bars: answers[at]?.bars ?? [] })))
			},
			() => {
				bars.value = []
			},
		)
	}, [])
	const shown = bars.value ?? []
	const ticks: { at: number; text: string }[] = []
	for (let month = periodAt('month', from, timeZone); month.from < to; month = periodAt('month', month.to, timeZone))
		if (month.from > from) ticks.push({ at: (month.from + Math.min(month.to, to)) / 2, text: monthOf(month.from, timeZone) })
	const sum = (side: 'up' | 'down') => energy(shown.reduce((total, bar) => total + (bar[side] ?? 0), 0))
	const without = (bar: BarShape) => shown.find(({ start }) => start === bar.start)?.without
	return (
		<Bars
			bars={shown}
			from={from}
			to={to}
			height={300}
			label={say('history.chartLabel', { span: say('chart.year'), import: sum('up'), export: sum('down') })}
			axis={(value, step) => number(value / 1000, step < 1000 ? 1 : 0)}
			unit="kWh"
			ticks={ticks.filter((_, at) => window.innerWidth > 700 || at % 2 === 1)}
			read={(bar) => (
				<>
					<span class="faint">{date(bar.start, 'day', timeZone)}</span> <Amounts up={bar.up} down={bar.down} />{' '}
					<Without names={without(bar)} />
				</>
			)}
			tell={(bar) => [`${date(bar.start, 'day', timeZone)}: ${amounts(bar)}`, withoutText(without(bar))].filter(Boolean).join(', ')}
			idle={
				bars.value?.length === 0 ? (
					<span class="faint">{say('chart.none')}</span>
				) : (
					<Without names={[...new Set(shown.flatMap((bar) => bar.without))]} part />
				)
			}
			{...(names.length === 1 && {
				choose: (bar: BarShape) => go(['history', names[0] ?? '', 'day', periodAt('day', bar.start, timeZone).name]),
			})}
		/>
	)
}

/** Says drawn and fed-in energy in words. */
export const amounts = ({ up, down }: Pick<BarShape, 'up' | 'down'>): string =>
	[up !== undefined && `${say('history.drawn')} ${energy(up)}`, down !== undefined && down > 0 && `${say('history.fed')} ${energy(down)}`]
		.filter(Boolean)
		.join(', ')

/** Drawn and fed-in energy beside each other. */
export function Amounts({ up, down }: { up: number | undefined; down: number | undefined }) {
	return (
		<>
			{up !== undefined && <strong class="import">↓ {energy(up)}</strong>}{' '}
			{down !== undefined && down > 0 && <strong class="export">↑ {energy(down)}</strong>}
		</>
	)
}
