import UPlot from './lib/uplot.js'

const HOUR = 3600
/** A pause this many times as long as usual is drawn as a gap, and one of two minutes at least. */
const GAP = 5

/** @typedef {[number, number]} Point seconds since 1970, watts */

/**
 * The last hour of a meter's power. `pointed` is told the point under the pointer, or nothing.
 * @param {HTMLElement} place @param {import('./words.js').Voice} voice @param {(point?: Point) => void} pointed
 */
export function chart(place, voice, pointed) {
	/** @type {Point[]} */
	let points = []
	const colours = () => {
		const style = getComputedStyle(place)
		return (/** @type {string} */ name) => style.getPropertyValue(`--${name}`)
	}
	const axis = () => ({ stroke: () => colours()('faint'), grid: { stroke: () => colours()('line'), width: 1 }, ticks: { show: false } })
	/** @param {string} name */
	const series = (name) => ({
		stroke: () => colours()(name),
		fill: () => `color-mix(in srgb, ${colours()(name)} 25%, transparent)`,
		fillTo: () => 0,
		width: 2,
		points: { show: false },
	})
	const plot = new UPlot(
		{
			width: place.clientWidth || 300,
			height: place.clientHeight || 144,
			legend: { show: false },
			cursor: { y: false, drag: { x: false, y: false } },
			scales: {
				x: { range: () => [Date.now() / 1000 - HOUR, Date.now() / 1000] },
				y: {
					range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) =>
						padded(Math.min(0, low ?? 0), Math.max(0, high ?? 0)),
				},
			},
			axes: [
				{
					...axis(),
					size: 28,
					values: (/** @type {any} */ _, /** @type {number[]} */ times) => times.map((time) => voice.minute(time * 1000)),
				},
				{
					...axis(),
					size: 64,
					values: (/** @type {any} */ _, /** @type {number[]} */ powers) => powers.map((power) => voice.number(power, 'W')),
				},
			],
			series: [{}, series('import'), series('export')],
			hooks: {
				setCursor: [
					(/** @type {any} */ self) => {
						const index = self.cursor.idx
						const time = index == null ? undefined : self.data[0][index]
						const power = index == null ? undefined : self.data[1][index] || self.data[2][index] || 0
						pointed(time === undefined || self.data[1][index] === null ? undefined : [time, power])
					},
				],
			},
		},
		[[], [], []],
		place,
	)
	const resizing = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: place.clientHeight }))
	resizing.observe(place)
	const dark = matchMedia('(prefers-color-scheme: dark)')
	const redraw = () => plot.redraw()
	dark.addEventListener('change', redraw)

	return {
		/** Draws these points and moves on to now. @param {Point[]} given */
		draw(given) {
			points = given
			const low = Math.min(...points.map(([, power]) => power))
			const high = Math.max(...points.map(([, power]) => power))
			const label = points.length === 0 ? voice.words.noChart : voice.words.chart
			place.setAttribute('aria-label', voice.fill(label, { low: voice.number(low), high: voice.number(high) }))
			plot.setData(columns(points))
		},
		destroy() {
			resizing.disconnect()
			dark.removeEventListener('change', redraw)
			plot.destroy()
		},
	}
}

/** @param {number} low @param {number} high @returns {[number, number]} */
function padded(low, high) {
	const room = Math.max(high - low, 10) / 10
	return [low < 0 ? low - room : 0, high > 0 || low === 0 ? high + room : 0]
}

/** Times, power from the grid, power to the grid; a gap where nothing came. @param {Point[]} points */
function columns(points) {
	const steps = points
		.slice(1)
		.map(([time], place) => time - (points[place]?.[0] ?? time))
		.sort((a, b) => a - b)
	const limit = Math.max(120, GAP * (steps[Math.floor(steps.length / 2)] ?? 0))
	/** @type {[number[], (number | null)[], (number | null)[]]} */
	const all = [[], [], []]
	points.forEach(([time, power], place) => {
		const before = points[place - 1]?.[0]
		if (before !== undefined && time - before > limit) {
			all[0].push((before + time) / 2)
			all[1].push(null)
			all[2].push(null)
		}
		all[0].push(time)
		all[1].push(Math.max(power, 0))
		all[2].push(Math.min(power, 0))
	})
	return all
}
