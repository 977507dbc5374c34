import v8 from 'node:v8'

/** Share of one core above which time is dearer than memory, and how often it is looked at (ms): a burst is soon noticed. */
const [BUSY, PERIOD] = [0.2, 250]

/** V8's settings for a process that has little to do, and for one that has much. Measured: tools/bench/README.md. */
const FLAGS = {
	quiet: ['--optimize-for-size', '--semi-space-growth-factor=1', '--heap-growing-percent=0'],
	busy: ['--no-optimize-for-size', '--semi-space-growth-factor=2', '--heap-growing-percent=100'],
}

/**
 * Looks four times a second how busy the process is, and has V8 save memory while it is quiet, and time while it is not: a home's process stays small, and a
 * town's does not pay a multiple for it.
 */
export function balanceGarbage(): void {
	let mode: keyof typeof FLAGS = 'quiet'
	let [before, since] = [process.cpuUsage(), performance.now()]
	const set = (next: keyof typeof FLAGS) => {
		mode = next
		for (const flag of FLAGS[next]) v8.setFlagsFromString(flag)
	}
	set('quiet')
	setInterval(() => {
		const { user, system } = process.cpuUsage(before)
		const now = performance.now()
		const share = (user + system) / 1000 / (now - since)
		before = process.cpuUsage()
		since = now
		const next = share > BUSY ? 'busy' : 'quiet'
		if (next !== mode) set(next)
	}, PERIOD).unref()
}
