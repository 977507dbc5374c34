import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Curve } from '../data/curve.ts'
import { date, number } from '../format.ts'
import { colour } from '../theme.ts'

export type PlotSettings = {
	element: HTMLElement
	/** Seconds that the chart spans. */
	span: number
	timeZone: string | undefined
	/** Told the point under the pointer, or undefined. */
	point(at: { time: number; power: number } | undefined): void
}

/** A chart of power over time, two colours around zero, gaps hatched. */
export type Plot = { draw(curve: Curve, now: number, from?: number): void; move(step: number): void; destroy(): void }

/** Makes the chart within an element; it follows the element's size. */
export function makePlot({ element, span, timeZone, point }: PlotSettings): Plot {
	let gaps: [number, number][] = []
	const options: uPlot.Options = {
		width: Math.max(200, element.clientWidth),
		height: Math.max(120, element.clientHeight),
		padding: [8, 18, 0, 0],
		legend: { show: false },
		cursor: {
			y: false,
			drag: { x: false, y: false },
			points: { size: 9, fill: (_, at) => (at === 1 ? colour('--import') : colour('--export')) },
		},
		...(timeZone !== undefined && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), timeZone) }),
		scales: { x: { time: true }, y: { range: (_, low, high) => rangeOf(low, high) } },
		series: [{}, seriesOf('import'), seriesOf('export')],
		axes: [timeAxis(span, timeZone), powerAxis()],
		hooks: {
			drawClear: [(plot) => hatch(plot, gaps)],
			setCursor: [(plot) => point(pointAt(plot))],
		},
	}
	const plot = new uPlot(options, [[], [], []], element)
	const size = new ResizeObserver(() =>
		plot.setSize({ width: Math.max(200, element.clientWidth), height: Math.max(120, element.clientHeight) }),
	)
	size.observe(element)
	// A finger that moves sideways reads the chart; up and down scrolls the page.
	const touch = (event: PointerEvent) => {
		if (event.pointerType !== 'mouse') plot.setCursor({ left: event.offsetX, top: 10 })
	}
	plot.over.addEventListener('pointerdown', touch)
	plot.over.addEventListener('pointermove', touch)
	return {
		draw({ times, powers }, now, from = now - span * 1000) {
			const to = now / 1000
			gaps = gapsOf(times, powers)
			plot.setData([times, half(powers, 1), half(powers, -1)], false)
			plot.batch(() => {
				plot.setScale('x', { min: from / 1000, max: to })
			})
		},
		move(step) {
			const times = plot.data[0]
			const at = Math.min(times.length - 1, Math.max(0, (plot.cursor.idx ?? times.length) + step))
			const time = times[at]
			if (time !== undefined) plot.setCursor({ left: plot.valToPos(time, 'x'), top: 10 })
		},
		destroy() {
			size.disconnect()
			plot.destroy()
		},
	}
}

const FONT = '13px "Figtree Variable", system-ui, sans-serif'

function timeAxis(span: number, zone: string | undefined): uPlot.Axis {
	return {
		stroke: () => colour('--faint'),
		font: FONT,
		grid: { show: false },
		ticks: { show: false },
		size: 28,
		gap: 8,
		space: 64,
		...(span > 2 * 86_400 && { incrs: [86_400] }),
		values: (_, splits) => splits.map((seconds) => date(seconds * 1000, styleOf(splits, span), zone)),
	}
}

function powerAxis(): uPlot.Axis {
	return {
		stroke: () => colour('--faint'),
		font: FONT,
		grid: { stroke: () => colour('--line'), width: 1 },
		ticks: { show: false },
		size: (_, values) => 12 + 7.2 * Math.max(3, ...(values ?? []).map((value) => value?.length ?? 0)),
		gap: 8,
		space: 44,
		values: (_, splits) => {
			const kilo = splits.some((value) => Math.abs(value) >= 2000)
			const decimals = splits.some((one) => one % 1000 !== 0) ? 1 : 0
			// The unit stands at the top only.
			return splits.map((value, at) => {
				const unit = at < splits.length - 1 ? '' : kilo ? 'kW' : 'W'
				return kilo ? number(value / 1000, decimals, unit) : number(value, 0, unit)
			})
		},
	}
}

function seriesOf(kind: 'import' | 'export'): uPlot.Series {
	return {
		stroke: () => colour(`--${kind}`),
		fill: () => colour(`--${kind}-soft`),
		width: 2,
		points: { show: false },
		fillTo: () => 0,
	}
}

/** One side of zero: its points, and a zero where the curve crosses over. */
function half(powers: (number | null)[], sign: 1 | -1): (number | null)[] {
	const inside = (power: number | null | undefined) => typeof power === 'number' && power * sign > 0
	return powers.map((power, at) => {
		if (power === null) return null
		if (inside(power) || (power === 0 && sign === 1)) return power
		return inside(powers[at - 1]) || inside(powers[at + 1]) ? 0 : null
	})
}

/** Zero is always seen, and a quiet house is no mountain range. */
function rangeOf(low: number | null, high: number | null): [number, number] {
	const top = Math.max(200, high ?? 0) * 1.08
	const bottom = Math.min(0, low ?? 0) * 1.08
	return [bottom === 0 ? 0 : Math.min(bottom, -top * 0.08), top]
}

function styleOf([first = 0, second = 60]: number[], span: number): 'weekday' | 'time' | 'seconds' {
	return span > 2 * 86_400 ? 'weekday' : second - first < 60 ? 'seconds' : 'time'
}

function pointAt(plot: uPlot): { time: number; power: number } | undefined {
	const at = plot.cursor.idx
	if (at === null || at === undefined) return undefined
	const time = plot.data[0][at]
	const [above, below] = [plot.data[1]?.[at], plot.data[2]?.[at]]
	if (time === undefined || (typeof above !== 'number' && typeof below !== 'number')) return undefined
	return { time: time * 1000, power: above || below || 0 }
}

function gapsOf(times: number[], powers: (number | null)[]): [number, number][] {
	return powers.flatMap((power, at) => (power === null ? [[times[at - 1] ?? 0, times[at + 1] ?? times[at] ?? 0] as [number, number]] : []))
}

/** Draws slanted lines where nothing is known. */
function hatch(plot: uPlot, gaps: [number, number][]): void {
	const { ctx, bbox } = plot
	ctx.save()
	ctx.beginPath()
	ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
	ctx.clip()
	ctx.strokeStyle = colour('--strong-line')
	ctx.globalAlpha = 0.45
	ctx.lineWidth = devicePixelRatio
	const step = 7 * devicePixelRatio
	for (const [from, to] of gaps) {
		const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)]
		if (right < bbox.left || left > bbox.left + bbox.width) continue
		ctx.save()
		ctx.beginPath()
		ctx.rect(left, bbox.top, right - left, bbox.height)
		ctx.clip()
		ctx.beginPath()
		for (let x = left - bbox.height; x < right; x += step) {
			ctx.moveTo(x, bbox.top + bbox.height)
			ctx.lineTo(x + bbox.height, bbox.top)
		}
		ctx.stroke()
		ctx.restore()
	}
	ctx.restore()
}
