import { recentOf } from '../data/recent.ts'

const WIDTH = 300
const HEIGHT = 56

/** The last hour of a meter as a small line; what is above zero is drawn, below is fed in. */
export function Spark({ name, now }: { name: string; now: number }) {
	const recent = recentOf([name])
	// Drawn again with each new point.
	void recent.version.value
	const { times, powers } = recent.curve
	const from = now / 1000 - 3600
	const known = powers.filter((power) => power !== null)
	const high = Math.max(100, ...known)
	const low = Math.min(0, ...known)
	const y = (power: number) => 2 + ((HEIGHT - 4) * (high - power)) / (high - low)
	const x = (time: number) => Math.max(0, (WIDTH * (time - from)) / 3600)
	const parts: { x: number; y: number }[][] = [[]]
	for (const [at, time] of times.entries()) {
		const power = powers[at]
		if (power === null || power === undefined) parts.push([])
		else parts.at(-1)?.push({ x: x(time), y: y(power) })
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
