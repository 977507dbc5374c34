import type { MeterView } from '../api/types.ts'
import { numberOf, olderTime, type Submeter, submetersOf, tariffsOf, textOf } from '../data/reading.ts'
import { counter, number, power, when } from '../format.ts'
import { say, sayIf } from '../words/words.ts'
import { Icon, type IconName } from './icon.tsx'

/** When a counter was read, where that is not now. */
function age(meter: MeterView, name: string): string | undefined {
	const time = olderTime(meter.state, name) ?? (meter.status === 'online' ? undefined : meter.lastReading)
	return time === undefined ? undefined : say('now.at', { time: when(time, meter.timezone) })
}

/** Shows what the meter has counted, in all and by tariff; of a silent meter the last known values, marked as old. */
export function Counters({ meter, tariffs = true }: { meter: MeterView; tariffs?: boolean }) {
	const { state } = meter
	// A house that never feeds in is not told so on each tile.
	const least = tariffs ? 0 : 1
	const sides = (['import', 'export'] as const).filter(
		(side) => (numberOf(state, `energy_${side}`) ?? -1) >= (side === 'export' ? least : 0),
	)
	if (sides.length === 0) return null
	const holds = textOf(state, 'tariff')?.replace(/^0+(?=\d)/, '')
	return (
		<dl class={`counters${meter.status === 'online' ? '' : ' old'}`}>
			{sides.map((side) => {
				const old = age(meter, `energy_${side}`)
				const parts = tariffs ? tariffsOf(state, side).filter(({ value }) => value > 0) : []
				return (
					<div key={side}>
						<dt>
							<span class={side} aria-hidden="true">
								{side === 'import' ? '↓' : '↑'}
							</span>{' '}
							{say(side === 'import' ? 'now.import' : 'now.export')}
						</dt>
						<dd class="count">
							<Count value={numberOf(state, `energy_${side}`) ?? 0} /> {old && <span class="faint small old-mark">{old}</span>}
						</dd>
						{parts.length > 1 &&
							parts.map(({ tariff, value }) => (
								<dd key={tariff} class="part">
									<span class="faint">
										{say('now.tariff', { tariff })}
										{side === 'import' && tariff === holds && ` · ${say('now.tariffNow')}`}
									</span>
									<span>{counter(value)}</span>
								</dd>
							))}
					</div>
				)
			})}
		</dl>
	)
}

/** A counter whose whole kWh stand out. */
function Count({ value }: { value: number }) {
	const text = counter(value)
	const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
	return (
		<span class="count-value">
			{text.slice(0, at)}
			<span class="fraction">{text.slice(at)}</span>
		</span>
	)
}

const ICONS: Record<string, IconName> = {
	gas: 'gas',
	water: 'water',
	'warm water': 'water',
	'hot water': 'water',
	'cold water': 'water',
	heat: 'heat',
	cooling: 'heat',
}

/** A sub-meter's value in its unit. */
function subValue({ name, value }: Submeter['values'][number]): string {
	if (name === 'volume') return number(value, 3, 'm³')
	if (name === 'energy') return counter(value)
	if (name === 'power') return power(value)
	if (name === 'flow') return number(value, 3, 'm³/h')
	return number(value, 1, '°C')
}

/** Gas, water, heat: what the meter passes on from others. */
export function Submeters({ meter }: { meter: MeterView }) {
	const those = submetersOf(meter.state)
	if (those.length === 0) return null
	return (
		<ul class={`submeters${meter.status === 'online' ? '' : ' old'}`}>
			{those.map(({ channel, id, medium, time, values: [first, ...rest] }) => (
				<li key={channel}>
					<Icon name={ICONS[medium] ?? 'meter'} size={22} />
					<div>
						<p class="sub-name">{medium === 'unknown' ? say('now.channel', { channel }) : (sayIf(`medium.${medium}`) ?? medium)}</p>
						<p class="faint small">
							{[
								olderTime(meter.state, `submeters.${channel}`)
									? time && say('now.at', { time: when(time, meter.timezone) })
									: time && when(time, meter.timezone),
								id ?? (medium === 'unknown' ? undefined : say('now.channel', { channel })),
							]
								.filter(Boolean)
								.join(' · ')}
						</p>
					</div>
					<div class="sub-values">
						<p class="sub-first">{first ? subValue(first) : '–'}</p>
						{rest.map((value) => (
							<p key={value.name} class="faint small">
								{sayIf(`sub.${value.name}`)} {subValue(value)}
							</p>
						))}
					</div>
				</li>
			))}
		</ul>
	)
}

/** Shows what a meter has counted, and what it passes on of others: a card each, where it says something. */
export function CounterCards({ meter }: { meter: MeterView }) {
	return (
		<>
			{Object.keys(meter.state).some((field) => field.startsWith('energy_')) && (
				<section class="card">
					<header>
						<h2>{say('now.counters')}</h2>
					</header>
					<Counters meter={meter} />
				</section>
			)}
			{submetersOf(meter.state).length > 0 && (
				<section class="card">
					<header>
						<h2>{say('now.submeters')}</h2>
					</header>
					<Submeters meter={meter} />
				</section>
			)}
		</>
	)
}
