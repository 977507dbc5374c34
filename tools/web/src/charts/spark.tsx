import { useComputed } from '@preact/signals'
import { recentOf } from '../data/recent.ts'
import { clock } from '../live.ts'

const WIDTH = 300
const HEIGHT = 56
/** Seconds between two points at least, and until it is drawn again. */
const STEP = 10

/** The last hour of a meter as a small line; what is above zero is drawn, below is fed in. */
export function Spark({ name }: { name: string }) {
	const now = useComputed(() => Math.floor(clock.value / 1000 / STEP) * STEP).value
	const recent = recentOf([name])
	void recent.loaded.value
	const { times, powers } = recent.curve
	const from = now - 3600
	let last = 0
	const known = powers.filter((power) => power !== null)
	const high = Math.max(100, ...known)
	const low = Math.min(0, ...known)
	const y = (power: number) => 2 + ((HEIGHT - 4) * (high - power)) / (high - low)
	const x = (time: number) => Math.max(0, (WIDTH * (time - from)) / 3600)
	const parts: { x: number; y: number }[][] = [[]]
	for (const [at, time] of times.entries()) {
		const power = powers[at]
		if (power === null || power === undefined) parts.push([])
		if (typeof power !== 'number' || time - last < STEP) continue
		parts.at(-1)?.push({ x: x(time), y: y(power) })
		last = time
	}
	const zero = y(0)
	const lines = parts.filter((part) => part.length > 1)
	const path = lines
		.map((part) => part.map((point, at) => `${at === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(''))
		.join('')
	const area = lines
		.map((part) => {
			const line = part.map((point) => `L${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('')
			return `M${part[0]?.x.toFixed(1)} ${zero.toFixed(1)}${line}L${part.at(-1)?.x.toFixed(1)} ${zero.toFixed(1)}Z`
		})
		.join('')
	return (
		<svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
			<clipPath id={`above-${name}`}>
				<rect x="0" y="0" width={WIDTH} height={zero} />
			</clipPath>
			<clipPath id={`below-${name}`}>
				<rect x="0" y={zero} width={WIDTH} height={HEIGHT} />
			</clipPath>
			<g clip-path={`url(#above-${name})`}>
				<path class="area-import" d={area} />
				<path class="line-import" d={path} />
			</g>
			<g clip-path={`url(#below-${name})`}>
				<path class="area-export" d={area} />
				<path class="line-export" d={path} />
			</g>
			<path class="zero" d={`M0 ${zero}H${WIDTH}`} />
		</svg>
	)
}
