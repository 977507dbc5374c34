/** Milliseconds that `work` takes on a machine that does nothing else: a small server of two cores. */
const REFERENCE = 45
/** Steps of `work`: long enough that a busy machine takes it off the processor several times. */
const STEPS = 6_000_000

/** How many times longer than on a free machine things take now: at least 1. */
let factor = measured()

function measured(): number {
	const started = performance.now()
	work()
	return Math.max(1, (performance.now() - started) / REFERENCE)
}

function work(): number {
	let state = 1
	for (let step = 0; step < STEPS; step++) state = Math.imul(state ^ step, 0x9e3779b1) + (state >>> 15)
	return state
}

/** Gives the time that this machine needs for what a free one does in so many milliseconds, as measured when the process began or later. */
export const stretched = (milliseconds: number) => milliseconds * factor

/** Waits for what a free machine has done after so many milliseconds. */
export const settle = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, stretched(milliseconds)))

/**
 * Calls `late` once a free machine would have had so many milliseconds; what it gives cancels that. When the time is over it measures again, since
 * others may have become busy meanwhile, and waits for the rest.
 */
export function deadline(milliseconds: number, late: () => void): () => void {
	const started = performance.now()
	let timer = setTimeout(look, stretched(milliseconds))
	function look() {
		factor = Math.max(factor, measured())
		const rest = started + stretched(milliseconds) - performance.now()
		if (rest > 0) timer = setTimeout(look, rest)
		else late()
	}
	return () => clearTimeout(timer)
}
