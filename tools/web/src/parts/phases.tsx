import type { MeterView } from '../api/types.ts'
import { type Phase, phasesOf } from '../data/reading.ts'
import { number, percent, power } from '../format.ts'
import { say } from '../words/words.ts'

/** The phases as bars against the fuse, or against the strongest of them where no fuse is known. */
export function Phases({ meter }: { meter: MeterView }) {
	const phases = meter.status === 'online' ? phasesOf(meter.state) : []
	if (phases.length === 0) return null
	const most = Math.max(...phases.map(({ load = 0 }) => load), 1)
	const full = meter.fuse ?? Math.max(10, Math.ceil(most / 5) * 5)
	return (
		<div class="phases">
			<header>
				<p class="phases-title">{say('now.phases')}</p>
				{meter.fuse !== undefined && <span class="faint small">{say('now.fuse', { current: meter.fuse })}</span>}
			</header>
			<ul>
				{phases.map((phase) => (
					<PhaseBar key={phase.name} phase={phase} full={full} fuse={meter.fuse} />
				))}
			</ul>
		</div>
	)
}

/** Shares of the fuse from which on a phase is loaded heavily. */
const HEAVY = 0.8

function PhaseBar({
	phase: { name, power: watts, voltage, current, load, direction },
	full,
	fuse,
}: {
	phase: Phase
	full: number
	fuse: number | undefined
}) {
	const share = load === undefined ? 0 : Math.min(1, load / full)
	return (
		<li>
			<span class="phase-name">{name.toUpperCase()}</span>
			<span class="bar" aria-hidden="true">
				<span class={`is-${direction}${share >= HEAVY ? ' heavy' : ''}`} style={{ transform: `scaleX(${share.toFixed(4)})` }} />
			</span>
			<span class="phase-values">
				{watts !== undefined && <span class={`value ${watts < 0 ? 'export' : ''}`}>{`${watts < 0 ? '−' : ''}${power(watts)}`}</span>}{' '}
				{current !== undefined && <span class="value">{number(current, 1, 'A')}</span>}{' '}
				{voltage !== undefined && <span class="value faint">{number(voltage, 0, 'V')}</span>}
			</span>
			{fuse !== undefined && load !== undefined && <span class="hidden-text">{say('now.ofFuse', { percent: percent(load / fuse) })}</span>}
		</li>
	)
}
