import '../style/now.css'
import { useComputed, useSignal } from '@preact/signals'
import type { MeterView } from '../api/types.ts'
import { Flow, PowerChart } from '../charts/power-chart.tsx'
import { houseSum } from '../data/house.ts'
import { directionOf, netOf, phasesOf, powerNow, submetersOf } from '../data/reading.ts'
import { recentOf } from '../data/recent.ts'
import { isPending, useTotals } from '../data/totals.ts'
import { keep, kept } from '../kept.ts'
import { allMeters, connection, isOff, meterOf, names, titleOf } from '../live.ts'
import { CounterCards } from '../parts/counters.tsx'
import { Empty } from '../parts/empty.tsx'
import { Masonry } from '../parts/masonry.tsx'
import { Phases } from '../parts/phases.tsx'
import { Balance, BigPower } from '../parts/power.tsx'
import { Problems } from '../parts/problems.tsx'
import { PendingSums, Sums } from '../parts/sums.tsx'
import { Age, StatusBadge, Tile } from '../parts/tile.tsx'
import { href } from '../router.ts'
import { say } from '../words/words.ts'

/** Shows what the house does now. */
export function Now() {
	const known = names.value
	// A text, so that a reading does not draw all of it again.
	const on = useComputed(() =>
		allMeters()
			.filter((meter) => !isOff(meter))
			.map(({ name }) => name)
			.join('\n'),
	).value
	const all = known && (on === '' ? [] : on.split('\n'))
	const wanted = useSignal(kept('house'))
	if (all === undefined) return <p class="lonely faint">{say(connection.value === 'lost' ? 'app.loading' : 'app.connecting')}</p>
	if (all.length === 0) return <Empty />
	const house = wanted.value !== undefined && all.includes(wanted.value) ? [wanted.value] : all
	const choose = (name: string) => {
		wanted.value = name === '' ? undefined : name
		keep('house', wanted.value)
	}
	return (
		<div class="now">
			<header class="now-head">
				<h1>{house.length === 1 ? titleOf(house[0] ?? '') : say('now.house')}</h1>
				{all.length > 1 && (
					<label class="house-choice">
						<span class="hidden-text">{say('now.choose')}</span>
						<select value={house.length === 1 ? house[0] : ''} onChange={(event) => choose(event.currentTarget.value)}>
							<option value="">{say('now.sum')}</option>
							{all.map((name) => (
								<option key={name} value={name}>
									{titleOf(name)}
								</option>
							))}
						</select>
					</label>
				)}
			</header>
			<Hero key={house.join()} house={house} alone={all.length === 1} />
			{all.length === 1 && <Details name={all[0] ?? ''} />}
			{all.length > 1 && <Tiles all={all} />}
		</div>
	)
}

function Hero({ house, alone }: { house: string[]; alone: boolean }) {
	const meters = useComputed(() => house.map((name) => meterOf(name).value).filter((meter) => meter !== undefined)).value
	const powers = meters.map(powerNow).filter((power) => power !== undefined)
	const power = powers.length === 0 ? undefined : powers.reduce((sum, one) => sum + one, 0)
	const [single] = meters
	const one = meters.length === 1 ? single : undefined
	const recent = recentOf(house)
	void recent.version.value
	const most = recent.curve.powers.reduce<number>((high, value) => Math.max(high, Math.abs(value ?? 0)), 0)
	const phases = one !== undefined && one.status === 'online' && phasesOf(one.state).length > 0
	return (
		<>
			<section class={`hero${phases || meters.length > 1 ? '' : ' plain-hero'}`} aria-label={say('now.house')}>
				<div class="hero-power">
					<BigPower power={power} direction={directionOf(power)} waiting={one?.status === 'waiting'} />
					<p class="hero-age faint">{one ? <OneAge meter={one} /> : <ManyAge meters={meters} counted={powers.length} />}</p>
					<Balance power={power} most={most} />
				</div>
				{phases && one && <Phases meter={one} />}
				{meters.length > 1 && <Shares meters={meters} />}
			</section>
			{alone && one && one.problems.length > 0 && (
				<div class="notice warning stacked">
					<Problems problems={one.problems} />
				</div>
			)}
			<HouseSums house={house} />
			<PowerChart names={house} />
		</>
	)
}

/** Meters that are listed in the hero at most: the strongest now. */
const LISTED = 5

/** Shows what each meter adds to the house, the strongest first. */
function Shares({ meters }: { meters: MeterView[] }) {
	const shares = meters
		.map((meter) => ({ meter, power: powerNow(meter) }))
		.sort((one, other) => Math.abs(other.power ?? 0) - Math.abs(one.power ?? 0))
		.slice(0, LISTED)
		// In the order of the tiles, so that nothing jumps while powers change.
		.sort((one, other) => meters.indexOf(one.meter) - meters.indexOf(other.meter))
	const most = Math.max(1, ...shares.map(({ power = 0 }) => Math.abs(power)))
	return (
		<section class="shares" aria-label={say('now.shares')}>
			<ul>
				{shares.map(({ meter, power }) => (
					<li key={meter.name}>
						<span class="share-name">{titleOf(meter.name)}</span>
						{power === undefined ? <span class="faint">{say(`status.${meter.status}`)}</span> : <Flow value={power} />}
						<span class="bar" aria-hidden="true">
							<span
								class={(power ?? 0) < 0 ? 'is-export' : 'is-import'}
								style={{ transform: `scaleX(${(Math.abs(power ?? 0) / most).toFixed(4)})` }}
							/>
						</span>
					</li>
				))}
			</ul>
		</section>
	)
}

function OneAge({ meter }: { meter: MeterView }) {
	return (
		<>
			<StatusBadge meter={meter} /> <Age name={meter.name} />
		</>
	)
}

function ManyAge({ meters, counted }: { meters: MeterView[]; counted: number }) {
	const newest = meters.reduce<MeterView | undefined>(
		(latest, meter) => ((meter.lastReading ?? '') > (latest?.lastReading ?? '') ? meter : latest),
		undefined,
	)
	return (
		<>
			<span>{say('now.sumOf', { count: counted === meters.length ? counted : `${counted} / ${meters.length}` })}</span>
			{newest && (
				<>
					{' · '}
					<Age name={newest.name} />
				</>
			)}
		</>
	)
}

function HouseSums({ house }: { house: string[] }) {
	const [first = '', ...rest] = house
	return rest.length === 0 ? <OneSums name={first} /> : <ManySums key={house.join()} house={house} />
}

function OneSums({ name }: { name: string }) {
	const totals = useTotals(name)
	if (isPending(name)) return <PendingSums />
	return <Sums today={totals?.today} yesterday={totals?.yesterday} month={totals?.month} timeZone={meterOf(name).value?.timezone} />
}

/** The house never changes its meters within one of these: hooks are called for each. */
function ManySums({ house }: { house: string[] }) {
	const all = house.map((name) => useTotals(name))
	// Sums that grow with each answer would push what is below.
	if (house.some(isPending)) return <PendingSums />
	const sumOf = (day: 'today' | 'yesterday') => houseSum(house.map((name, at) => ({ name, sum: all[at]?.[day] })))
	const [today, yesterday] = [sumOf('today'), sumOf('yesterday')]
	// A meter that counts no energy is not missed.
	const counts = (name: string, at: number) =>
		'energy_import' in (meterOf(name).value?.state ?? {}) || all[at]?.today.energy_import !== undefined
	const missed = (without: string[]) => house.filter((name, at) => without.includes(name) && counts(name, at))
	return (
		<Sums
			today={today.sum}
			yesterday={yesterday.sum}
			month={undefined}
			timeZone={undefined}
			without={{ today: missed(today.without), yesterday: missed(yesterday.without) }}
		/>
	)
}

/** One meter alone fills the page: its counters, and what it passes on. */
function Details({ name }: { name: string }) {
	const meter = meterOf(name).value
	if (!meter) return null
	return (
		<div class="details">
			<CounterCards meter={meter} />
			<p class="details-more">
				<a href={href('meter', name)}>{say('now.more', { name: titleOf(name) })}</a>
			</p>
		</div>
	)
}

/** About how tall a tile is, so that columns come out even. */
function weightOf(meter: MeterView | undefined): number {
	if (!meter) return 1
	const live = meter.status === 'online'
	const counters = ['import', 'export'].filter((side) => `energy_${side}` in meter.state).length
	const phases = live ? phasesOf(meter.state).length : 0
	const lines = (live ? 5 : 1) + (live && netOf(meter.state) !== undefined ? 1 : 0) + meter.problems.length * 3
	return 2 + lines + counters * 1.6 + (phases > 0 ? 1.2 + phases : 0) + submetersOf(meter.state).length * 1.8
}

/** Meters from which on one is searched for rather than seen. */
const MANY = 8

function Tiles({ all }: { all: string[] }) {
	// Weights change with what a meter says, not with each reading.
	const weights = useComputed(() => {
		void names.value
		return all.map((name) => Math.round(weightOf(meterOf(name).value)))
	}).value
	const wanted = useSignal('')
	const items = all
		.map((name, at) => ({ key: name, weight: weights[at] ?? 1, content: <Tile name={name} /> }))
		.filter(({ key }) => `${key} ${titleOf(key)}`.toLowerCase().includes(wanted.value.trim().toLowerCase()))
	return (
		<section aria-labelledby="meters">
			<div class="tiles-head">
				<h2 id="meters">{say('now.meters')}</h2>
				{all.length > MANY && (
					<label>
						<span class="hidden-text">{say('now.find')}</span>
						<input
							type="search"
							placeholder={say('now.find')}
							value={wanted.value}
							onInput={(event) => {
								wanted.value = event.currentTarget.value
							}}
						/>
					</label>
				)}
			</div>
			<Masonry least={330} items={items} />
		</section>
	)
}
