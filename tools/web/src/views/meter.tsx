import { UnknownMeter } from '../parts/unknown-meter.tsx'
import '../style/now.css'
import '../style/history.css'
import type { MeterView } from '../api/types.ts'
import { PowerChart } from '../charts/power-chart.tsx'
import { directionOf, issuesOf, netOf, olderTime, phasesOf, powerNow, textOf } from '../data/reading.ts'
import { useTotals } from '../data/totals.ts'
import { ago, date, fieldName, number, plain, span, when } from '../format.ts'
import { mayChange, meterOf, names, titleOf } from '../live.ts'
import { CounterCards } from '../parts/counters.tsx'
import { Icon } from '../parts/icon.tsx'
import { Phases } from '../parts/phases.tsx'
import { BigPower } from '../parts/power.tsx'
import { Problems } from '../parts/problems.tsx'
import { Sums } from '../parts/sums.tsx'
import { Age, StatusBadge } from '../parts/tile.tsx'
import { href, route } from '../router.ts'
import { PLACES } from '../routes.ts'
import { say, sayIf } from '../words/words.ts'
import { benchHref, profileName } from '../workbench/address.ts'

/** All of one meter: `#/meter/NAME`. */
export function MeterPage() {
	const name = route.value.parts[1] ?? ''
	const meter = meterOf(name).value
	if (names.value === undefined) return <p class="lonely faint">{say('app.loading')}</p>
	if (!meter) return <UnknownMeter name={name} />
	return <OneMeter key={name} name={name} meter={meter} />
}

function OneMeter({ name, meter }: { name: string; meter: MeterView }) {
	const totals = useTotals(name)
	const power = powerNow(meter)
	const electric = netOf(meter.state) !== undefined || meter.status !== 'online'
	const links = [
		['history', 'meter.history'],
		['telegram', 'meter.telegrams'],
		['settings', 'meter.settings'],
	] as const
	return (
		<div class="meter-page">
			<header class="meter-head">
				<a class="back" href={href('now')}>
					<Icon name="left" size={20} />
					{say('meter.back')}
				</a>
				<h1>{titleOf(name)}</h1>
				<p class="meter-state">
					<StatusBadge meter={meter} />{' '}
					<span class="faint">
						<Age name={name} />
					</span>
				</p>
				<nav class="meter-links" aria-label={titleOf(name)}>
					{links.map(
						([place, word]) =>
							PLACES[place] &&
							(mayChange() || !PLACES[place]?.change) && (
								<a key={place} class="button" href={href(place, name)}>
									{say(word)}
								</a>
							),
					)}
					{mayChange() && (
						<a class="button" href={benchHref(profileName(meter.profile), { meter: name })}>
							{say('panes.bench')}
						</a>
					)}
				</nav>
			</header>
			{meter.problems.length > 0 && (
				<div class="notice warning stacked">
					<Problems problems={meter.problems} />
				</div>
			)}
			{electric && (
				<section
					class={`hero${phasesOf(meter.state).length > 0 && meter.status === 'online' ? '' : ' plain-hero'}`}
					aria-label={say('tab.now')}
				>
					<BigPower power={power} direction={directionOf(power)} waiting={meter.status === 'waiting'} />
					<Phases meter={meter} />
				</section>
			)}
			<Sums today={totals?.today} yesterday={totals?.yesterday} month={totals?.month} timeZone={meter.timezone} />
			{electric && <PowerChart names={[name]} />}
			<div class="details">
				<CounterCards meter={meter} />
				<About meter={meter} />
			</div>
			<Values meter={meter} />
		</div>
	)
}

function About({ meter }: { meter: MeterView }) {
	const { state } = meter
	const auth = textOf(state, 'auth')
	const facts: [string, string | undefined][] = [
		[say('meter.id'), textOf(state, 'id')],
		[say('meter.profile'), meter.profileTitle || meter.profile],
		[say('meter.interval'), meter.interval === undefined ? undefined : span(meter.interval)],
		[say('meter.last'), meter.lastReading && `${when(meter.lastReading, meter.timezone)} (${ago(meter.lastReading)})`],
		[say('meter.time'), date(textOf(state, 'meter_time') ?? textOf(state, 'time') ?? '', 'seconds', meter.timezone)],
		[say('meter.readings'), number(meter.readings)],
		[say('meter.auth'), auth === undefined ? undefined : (sayIf(`meter.auth.${auth}`) ?? auth)],
		[say('meter.zone'), meter.timezone],
	]
	return (
		<section class="card">
			<header>
				<h2>{say('meter.about')}</h2>
			</header>
			<dl class="facts">
				{facts.map(
					([name, value]) =>
						value !== undefined &&
						value !== '' && (
							<div key={name}>
								<dt>{name}</dt>
								<dd>{value}</dd>
							</div>
						),
				)}
			</dl>
		</section>
	)
}

/** Decimals by unit, so that a value keeps its place from reading to reading. */
const DECIMALS: Record<string, number> = { W: 0, var: 0, VA: 0, V: 1, A: 2, Hz: 2, 'm³': 3, 'm³/h': 3, '°C': 1 }

function written(value: unknown, unit: string): string {
	if (typeof value === 'number') {
		if (unit === 'Wh' || unit === 'varh' || unit === 'VAh') return number(value / 1000, 3, `k${unit}`)
		const decimals = DECIMALS[unit]
		return decimals === undefined ? plain(value, unit === '1' ? '' : unit) : number(value, decimals, unit)
	}
	return typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : JSON.stringify(value)
}

function Values({ meter }: { meter: MeterView }) {
	const { state, fields } = meter
	const shown = fields.filter(({ name }) => state[name] !== undefined)
	const issues = issuesOf(state)
	if (shown.length === 0 && issues.length === 0) return null
	return (
		<section class="card values">
			<header>
				<h2>{say('meter.values')}</h2>
			</header>
			<table>
				<thead>
					<tr>
						<th scope="col">{say('meter.field')}</th>
						<th scope="col" class="wide-only">
							{say('meter.code')}
						</th>
						<th scope="col" class="number">
							{say('meter.value')}
						</th>
					</tr>
				</thead>
				<tbody>
					{shown.map(({ name, unit, obis, label }) => {
						const old = olderTime(state, name)
						return (
							<tr key={name}>
								<th scope="row">
									{fieldName(name, label)} <span class="faint small code">{name}</span>
								</th>
								<td class="wide-only faint">{obis}</td>
								<td class="number">
									{written(state[name], unit)}
									{old && <span class="faint small"> {say('now.at', { time: when(old, meter.timezone) })}</span>}
								</td>
							</tr>
						)
					})}
				</tbody>
			</table>
			{issues.length > 0 && (
				<>
					<h3>{say('meter.issues')}</h3>
					<ul class="small">
						{issues.map(({ field, detail }) => (
							<li key={field}>
								<span class="code">{field}</span>: {detail}
							</li>
						))}
					</ul>
				</>
			)}
		</section>
	)
}
