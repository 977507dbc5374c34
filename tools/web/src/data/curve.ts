/** A curve of power: `times` in s since 1970, ascending; null where a gap begins. `without`: by time, the names of meters that a sum lacks. */
export type Curve = { times: number[]; powers: (number | null)[]; without?: ReadonlyMap<number, string[]> }

/** Gives a curve with points of another where it has none for longer than `gap` seconds, and null where none of them has. */
export function filled(curve: Curve, other: Curve, gap: number): Curve {
	const own = pointsOf(curve)
	let next = 0
	const added = pointsOf(other).filter(({ time }) => {
		while ((own[next]?.time ?? Number.POSITIVE_INFINITY) < time) next++
		const [before, after] = [own[next - 1]?.time, own[next]?.time]
		return before === undefined || after === undefined || after - before > gap
	})
	const whole: Curve = { times: [], powers: [] }
	for (const { time, power } of [...own, ...added].sort((one, two) => one.time - two.time)) {
		const last = whole.times.at(-1)
		if (last !== undefined && time - last > gap) {
			whole.times.push(last + 1)
			whole.powers.push(null)
		}
		whole.times.push(time)
		whole.powers.push(power)
	}
	return whole
}

const pointsOf = ({ times, powers }: Curve) =>
	times.flatMap((time, at) => {
		const power = powers[at]
		return typeof power === 'number' ? [{ time, power }] : []
	})
