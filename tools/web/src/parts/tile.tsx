import { useRef } from 'preact/hooks'
import type { MeterView } from '../api/types.ts'
import { Spark } from '../charts/spark.tsx'
import { directionOf, powerNow } from '../data/reading.ts'
import { useTotals } from '../data/totals.ts'
import { ago, energy } from '../format.ts'
import { meterOf, titleOf } from '../live.ts'
import { href } from '../router.ts'
import { say } from '../words/words.ts'
import { Counters, Submeters } from './counters.tsx'
import { Phases } from './phases.tsx'
import { BigPower } from './power.tsx'
import { Problems } from './problems.tsx'
import { useSeen } from './seen.ts'

/** Whether a meter lives, as a dot and a word. */
export function StatusBadge({ meter }: { meter: MeterView }) {
	return <span class={`badge ${meter.status}`}>{say(`status.${meter.status}`)}</span>
}

/** Age of the last reading; a part of its own, since it changes each second. */
export function Age({ name }: { name: string }) {
	const last = meterOf(name).value?.lastReading
	return <span class="age">{last === undefined ? '' : ago(last)}</span>
}

/** A meter among others. */
export function Tile({ name }: { name: string }) {
	const meter = meterOf(name).value
	const box = useRef<HTMLElement>(null)
	const seen = useSeen(box)
	if (!meter) return null
	const power = powerNow(meter)
	return (
		<article ref={box} class={`card tile ${meter.status}`} aria-labelledby={`tile-${name}`}>
			<header>
				<h2 id={`tile-${name}`}>
					<a href={href('meter', name)}>{titleOf(name)}</a>
				</h2>
				<StatusBadge meter={meter} />
			</header>
			<Problems problems={meter.problems} />
			{meter.status === 'online' && (
				<>
					<div class="tile-power">
						<BigPower power={power} direction={directionOf(power)} />
						<p class="faint small">
							<Age name={name} />
						</p>
					</div>
					<div class="spark-box">{seen && <Spark name={name} />}</div>
				</>
			)}
			{meter.status === 'waiting' && <p class="faint">{say('now.waiting')}</p>}
			{seen && <Today name={name} />}
			<Phases meter={meter} />
			<Counters meter={meter} tariffs={false} />
			<Submeters meter={meter} />
		</article>
	)
}

function Today({ name }: { name: string }) {
	const totals = useTotals(name)
	const { energy_import: drawn, energy_export: fed } = totals?.today ?? {}
	if (drawn === undefined) return null
	return (
		<p class="tile-today">
			<span class="faint">{say('now.today')}</span>
			<span>
				<span class="import">↓ {energy(drawn)}</span>
				{fed !== undefined && fed > 0 && <span class="export"> ↑ {energy(fed)}</span>}
			</span>
		</p>
	)
}
