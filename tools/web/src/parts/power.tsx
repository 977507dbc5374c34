import type { Direction } from '../data/reading.ts'
import { number, powerParts } from '../format.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** A power, large: its direction in word, arrow and colour, and digits that keep their places. */
export function BigPower({ power, direction, waiting = false }: { power: number | undefined; direction: Direction; waiting?: boolean }) {
	const { digits, unit } = power === undefined ? { digits: '–', unit: '' } : powerParts(power)
	return (
		<div class={`big-power ${direction}`}>
			<p class="direction">
				{direction === 'import' && <Icon name="down" />}
				{direction === 'export' && <Icon name="up" />}
				{waiting ? say('now.waiting') : say(`now.${direction}`)}
			</p>
			<p class="figure">
				<span class="digits">{digits}</span> <span class="unit">{unit}</span>
			</p>
		</div>
	)
}

/** Watts to which the bar reaches, at least. */
const STEPS = [500, 1000, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000, 50_000, 100_000, 1_000_000]

/** A bar from the middle: to the right what comes from the grid, to the left what goes to it. `most`: the highest power of late, W. */
export function Balance({ power, most }: { power: number | undefined; most: number }) {
	const reach = STEPS.find((step) => step >= Math.max(most, Math.abs(power ?? 0))) ?? 1_000_000
	const share = power === undefined ? 0 : Math.min(1, Math.abs(power) / reach)
	const end = number(reach / 1000, reach < 1000 ? 1 : 0, 'kW')
	return (
		<div class="balance" aria-hidden="true">
			<div class="track">
				<div class={`fill ${(power ?? 0) < 0 ? 'is-export' : 'is-import'}`} style={{ transform: `scaleX(${share.toFixed(4)})` }} />
			</div>
			<div class="ends">
				<span>↑ {end}</span>
				<span>0</span>
				<span>↓ {end}</span>
			</div>
		</div>
	)
}
