/** Something to be measured: one call does one telegram. `before`: what is not measured, ahead of each round. */
export type Task = { name: string; run: (place: number) => unknown; before?: () => void }

/** What a task took. `perSecond`: the median of the rounds; `rounds`: all of them, for ratios within a round. */
export type Measured = { name: string; perSecond: number; rounds: number[]; p50: number; p99: number; bytes: number }

/** Rounds that do not count, of what has not run yet. */
const WARM_UP = 12

/** What every task gives ends here, so that nothing is left out as useless. */
let sink: unknown

/** Gives the middle value; of no values, not a number. */
export const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/**
 * Measures tasks in turn, `rounds` times each for `milliseconds`: a machine that is slow for a while is slow for all of them. Rates are medians; times
 * (µs) and allocated bytes per telegram come from a pass of their own. `warmUp`: rounds that do not count.
 */
export function measure(tasks: Task[], rounds: number, milliseconds: number, warmUp = WARM_UP): Measured[] {
	const rates = tasks.map((): number[] => [])
	// V8 compiles what is hot in the end, and that takes it seconds; a process runs for months.
	for (let warm = 0; warm < warmUp; warm++) for (const task of tasks) once(task, milliseconds)
	for (let round = 0; round < rounds; round++) for (const [place, task] of tasks.entries()) rates[place]?.push(once(task, milliseconds))
	return tasks.map((task, place) => {
		const times = single(task)
		return {
			name: task.name,
			perSecond: median(rates[place] ?? []),
			rounds: rates[place] ?? [],
			p50: times[Math.floor(times.length / 2)] ?? 0,
			p99: times[Math.floor(times.length * 0.99)] ?? 0,
			bytes: allocated(task),
		}
	})
}

/** The median of one task's rate in terms of another's, round by round. */
export function ratio(one: Measured | undefined, other: Measured | undefined): number {
	if (!one || !other) throw new Error('a ratio of what was not measured')
	return median(one.rounds.map((rate, round) => rate / (other.rounds[round] ?? Number.NaN)))
}

/** Calls a second. */
function once({ run, before }: Task, milliseconds: number): number {
	before?.()
	const started = performance.now()
	let calls = 0
	let elapsed = 0
	while (elapsed < milliseconds) {
		for (let inner = 0; inner < 100; inner++) sink = run(calls++)
		elapsed = performance.now() - started
	}
	return (calls * 1000) / elapsed
}

/** Microseconds of each of many calls, sorted. */
function single({ run, before }: Task): number[] {
	before?.()
	const times: number[] = []
	for (let place = 0; place < 5000; place++) {
		const started = performance.now()
		sink = run(place)
		times.push((performance.now() - started) * 1000)
	}
	return times.sort((a, b) => a - b)
}

/** Bytes on V8's heap a call; needs --expose-gc. */
function allocated({ run, before }: Task): number {
	before?.()
	const collect = globalThis.gc
	if (!collect) return Number.NaN
	const calls = 200
	const samples = Array.from({ length: 7 }, (_, sample) => {
		collect()
		const used = process.memoryUsage().heapUsed
		for (let place = 0; place < calls; place++) sink = run(sample * calls + place)
		return (process.memoryUsage().heapUsed - used) / calls
	})
	return Math.round(median(samples))
}

/** What the last call gave: tasks are checked by it. */
export const lastResult = (): unknown => sink
