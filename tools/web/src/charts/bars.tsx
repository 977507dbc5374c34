import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { BarShape } from '../data/amounts.ts'
import { useWidth } from './size.ts'

export type { BarShape }

export type Hole = { start: number; end: number; text: string }
export type BarsProps = {
	bars: BarShape[]
	holes?: Hole[]
	from: number
	to: number
	height: number
	/** The text that a screen reader says of the whole. */
	label: string
	/** Writes a value of the axis; the highest one has the unit with it. */
	axis(value: number, step: number): string
	unit: string
	/** Where ticks stand on the time axis (ms), and what they say. */
	ticks: { at: number; text: string }[]
	/** Shows a bar that is pointed at. */
	read(bar: BarShape): ComponentChildren
	/** Says a bar, for a screen reader. */
	tell(bar: BarShape): string
	/** The words shown while no bar is pointed at. */
	idle?: ComponentChildren
	/** One colour for what is not electricity. */
	neutral?: boolean
	/** A bar was chosen. */
	choose?(bar: BarShape): void
	/** Swiped, or PageUp and PageDown: to the period before (-1) or after. */
	turn?(step: -1 | 1): void
}

const LEFT = 44
const BOTTOM = 26
const TOP = 26
/** Pixels of a sideways stroke that turns the page. */
const SWIPE = 60

/** Bars over time, drawn energy up and fed-in energy down, gaps hatched; arrow keys and pointer move along them. */
export function Bars(props: BarsProps) {
	const { bars, from, to, label, read, tell, idle, choose, turn } = props
	const box = useRef<HTMLDivElement>(null)
	const width = useWidth(box)
	const at = useSignal<number | undefined>(undefined)
	const swipe = useRef<number | undefined>(undefined)
	useEffect(() => {
		at.value = undefined
	}, [from, to])
	const scale = scaleOf(props, width)
	const chosen = at.value === undefined ? undefined : bars[at.value]

	const point = (event: PointerEvent) => {
		const edge = box.current?.getBoundingClientRect().left ?? 0
		const time = from + ((event.clientX - edge - LEFT) / Math.max(1, width - LEFT)) * (to - from)
		const found = bars.findIndex(({ start, end }) => time >= start && time < end)
		at.value = found < 0 ? undefined : found
	}
	const press = (event: KeyboardEvent) => {
		const last = bars.length - 1
		const steps: Record<string, number> = { ArrowLeft: (at.value ?? bars.length) - 1, ArrowRight: (at.value ?? -1) + 1, Home: 0, End: last }
		const next = steps[event.key]
		if (next !== undefined) at.value = Math.max(0, Math.min(last, next))
		else if (event.key === 'Enter' && chosen && choose) choose(chosen)
		else if ((event.key === 'PageUp' || event.key === 'PageDown') && turn) turn(event.key === 'PageUp' ? -1 : 1)
		else return
		event.preventDefault()
	}
	return (
		<figure class="bars">
			<figcaption class="readout" aria-hidden="true">
				{chosen ? read(chosen) : idle}
			</figcaption>
			<div
				ref={box}
				class={`plot${choose ? ' clickable' : ''}`}
				role="slider"
				aria-label={label}
				aria-valuemin={0}
				aria-valuemax={Math.max(0, bars.length - 1)}
				aria-valuenow={at.value ?? Math.max(0, bars.length - 1)}
				aria-valuetext={chosen ? tell(chosen) : label}
				tabIndex={0}
				onKeyDown={press}
				onPointerMove={(event) => event.pointerType === 'mouse' && point(event)}
				onPointerLeave={(event) => {
					if (event.pointerType === 'mouse') at.value = undefined
				}}
				onPointerDown={(event) => {
					swipe.current = event.clientX
					point(event)
				}}
				onPointerUp={(event) => {
					const moved = event.clientX - (swipe.current ?? event.clientX)
					if (event.pointerType !== 'mouse' && Math.abs(moved) > SWIPE) turn?.(moved > 0 ? -1 : 1)
					else if (event.pointerType === 'mouse' && chosen) choose?.(chosen)
				}}
			>
				{width > 0 && <Drawing {...props} scale={scale} width={width} chosen={chosen} />}
			</div>
		</figure>
	)
}

/** Where things stand: `x` of a time, `y` of a value, and the values that have a line. */
type Scale = { x(time: number): number; y(value: number): number; step: number; levels: number[] }

function scaleOf({ bars, from, to, height }: BarsProps, width: number): Scale {
	const high = Math.max(...bars.map(({ up = 0 }) => up), 0)
	const low = Math.max(...bars.map(({ down = 0 }) => down), 0)
	const inner = height - BOTTOM - TOP
	const step = niceStep((high + low || 1) / Math.max(2, inner / 52))
	const top = Math.max(step, Math.ceil((high * 1.001) / step) * step)
	const bottom = low > 0 ? Math.max(low * 1.06, step * 0.2) : 0
	const below = Math.floor(bottom / step)
	return {
		x: (time) => LEFT + ((width - LEFT) * (time - from)) / (to - from),
		y: (value) => TOP + (inner * (top - value)) / (top + bottom),
		step,
		levels: Array.from({ length: below + Math.round(top / step) + 1 }, (_, index) => (index - below) * step),
	}
}

type DrawingProps = BarsProps & { scale: Scale; width: number; chosen: BarShape | undefined }

function Drawing({ bars, holes = [], height, axis, unit, ticks, neutral = false, scale, width, chosen }: DrawingProps) {
	const { x, y, step, levels } = scale
	const inner = height - BOTTOM - TOP
	return (
		<svg width={width} height={height} aria-hidden="true">
			<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
				<path class="hatch" d="M0 0V7" />
			</pattern>
			{levels.map((level) => (
				<g key={level}>
					<path class={Math.abs(level) < step / 2 ? 'zero' : 'grid'} d={`M${LEFT} ${Math.round(y(level)) + 0.5}H${width}`} />
					<text
						class="axis"
						x={level === levels.at(-1) ? 0 : LEFT - 10}
						y={level === levels.at(-1) ? y(level) - 12 : y(level)}
						text-anchor={level === levels.at(-1) ? 'start' : 'end'}
						dominant-baseline="central"
					>
						{axis(Math.abs(level), step)}
						{level === levels.at(-1) && ` ${unit}`}
					</text>
				</g>
			))}
			{ticks.map(({ at: time, text }) => (
				<text key={time} class="axis" x={x(time)} y={height - 6} text-anchor="middle">
					{text}
				</text>
			))}
			{holes.map(({ start, end, text }) => (
				<rect key={start} x={x(start)} y={TOP} width={Math.max(2, x(end) - x(start))} height={inner} fill="url(#hatch)">
					<title>{text}</title>
				</rect>
			))}
			{chosen && <rect class="here" x={x(chosen.start)} y={TOP} width={Math.max(1, x(chosen.end) - x(chosen.start))} height={inner} />}
			{bars.map((bar) => (
				<Shape key={bar.start} bar={bar} x={x} y={y} neutral={neutral} />
			))}
		</svg>
	)
}

type ShapeProps = { bar: BarShape; x(time: number): number; y(value: number): number; neutral: boolean }

function Shape({ bar: { start, end, up = 0, down = 0, partly, mark }, x, y, neutral }: ShapeProps) {
	const full = x(end) - x(start)
	const space = full < 4 ? 0.5 : Math.min(8, full * 0.24)
	const width = Math.min(full - space, 44)
	const left = x(start) + (full - width) / 2
	const radius = Math.min(4, width / 3)
	const zero = y(0)
	return (
		<g class={partly ? 'partly' : undefined}>
			{up > 0 && <path class={neutral ? 'bar-neutral' : 'bar-import'} d={rounded(left, width, zero, y(up), radius)} />}
			{down > 0 && <path class="bar-export" d={rounded(left, width, zero, y(-down), radius)} />}
			{mark && <circle class="mark" cx={left + width / 2} cy={y(up) - 7} r="2.75" />}
		</g>
	)
}

/** A bar from zero to its end, which is round. */
function rounded(left: number, width: number, zero: number, end: number, radius: number): string {
	const bend = Math.min(radius, Math.abs(end - zero))
	const towards = end < zero ? bend : -bend
	const [a, b, c, d] = [left, left + bend, left + width - bend, left + width].map((value) => value.toFixed(2))
	const near = (end + towards).toFixed(2)
	return `M${a} ${zero.toFixed(2)}V${near}Q${a} ${end.toFixed(2)} ${b} ${end.toFixed(2)}H${c}Q${d} ${end.toFixed(2)} ${d} ${near}V${zero.toFixed(2)}Z`
}

/** The next of 1, 2, 5 × 10ⁿ. */
export function niceStep(value: number): number {
	const size = 10 ** Math.floor(Math.log10(value))
	return size * ([1, 2, 5].find((one) => one * size >= value * 0.999) ?? 10)
}
