/** Work that takes a turn, and gives how many steps it took. */
type Turn = () => number

/** Steps after which everything else of the process has its turn. */
const SLICE = 64

/** The turns of all strangers. */
export type Turns = ReturnType<typeof turns>

/** Lets strangers work one after the other, so many steps a second in all: one that floods waits, and so do not the others behind it. */
export function turns(second: number, burst: number) {
	const waiting: Turn[] = []
	let left = burst
	let since = performance.now()
	let planned = false

	function run(): void {
		planned = false
		const now = performance.now()
		left = Math.min(burst, left + ((now - since) * second) / 1000)
		since = now
		for (let steps = 0; steps < SLICE && left > 0; ) {
			const turn = waiting.shift()
			if (!turn) return
			const taken = turn()
			steps += taken
			left -= taken
		}
		plan()
	}

	function plan(): void {
		if (planned || waiting.length === 0) return
		planned = true
		if (left > 0) setImmediate(run)
		else setTimeout(run, Math.min(1000, Math.ceil(((1 - left) * 1000) / second)))
	}

	return {
		/** Asks for a turn, behind those that wait. */
		ask(turn: Turn): void {
			waiting.push(turn)
			plan()
		},
	}
}
