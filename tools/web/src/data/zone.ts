/** Gives the parts of a time (ms) by a zone's clock; the browser's zone where none is named. */
export function local(time: number, timeZone: string | undefined): [year: number, month: number, day: number, msOfDay: number] {
	const format = new Intl.DateTimeFormat('en-GB', {
		...(timeZone !== undefined && { timeZone }),
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
		hourCycle: 'h23',
	})
	const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
	return [year, month, day, ((hour * 60 + minute) * 60 + second) * 1000]
}

/** Gives the time (ms) at which a day begins by a zone's clock. */
export function midnight(year: number, month: number, day: number, timeZone: string | undefined): number {
	const wanted = Date.UTC(year, month - 1, day)
	let time = wanted
	for (let round = 0; round < 3; round++) {
		const [y, m, d, ms] = local(time, timeZone)
		time += wanted - (Date.UTC(y, m - 1, d) + ms)
	}
	return time
}
