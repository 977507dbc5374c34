import { keptFile } from '../files/kept-file.ts'
import type { Counter } from '../pipeline/counter.ts'
import { areHabits } from '../pipeline/habits.ts'
import type { Memory } from '../pipeline/memory.ts'
import type { Totals } from '../transform/totals.ts'

/** The memories of all meters, in a file. */
export type MemoryFile = ReturnType<typeof memoryFile>

/** Telegrams of one meter, and milliseconds, that a process that is killed may forget. */
const [MAX_AHEAD, MAX_AGE] = [256, 60_000]
const LOSS = { read: 'replay counters start over', write: 'replay counters are lost at a restart' }

type Entry = { reset: string; memory: Memory }

/**
 * Opens the memories in a file. A file that cannot be read, or is something else, is put aside, and `tell` says so; without a file (`undefined`) they
 * are kept while the process runs.
 */
export function memoryFile(file: string | undefined, tell: (text: string) => void) {
	const ahead = new Map<string, number>()
	const content = () => {
		ahead.clear()
		return { memory: 1, meters: Object.fromEntries(entries) }
	}
	const kept = keptFile({ file, read, content, maxAge: MAX_AGE, loss: LOSS, tell })
	const entries: Map<string, Entry> = kept.load() ?? new Map()

	return {
		/** Returns what is known of a meter; nothing when it was kept under another `reset`, by which the operator lets it start over. */
		of(meter: string, reset: string): Memory {
			const found = entries.get(meter)
			return found?.reset === reset ? found.memory : {}
		},
		/** Keeps a memory after so many more telegrams: on disk within a minute, or after 256 telegrams of one meter. */
		keep(meter: string, reset: string, memory: Memory, telegrams: number): void {
			entries.set(meter, { reset, memory })
			const count = (ahead.get(meter) ?? 0) + telegrams
			ahead.set(meter, count)
			kept.changed()
			if (count >= MAX_AHEAD) kept.flush()
		},
		/** Writes what is not on disk yet. */
		flush: () => kept.flush(),
	}
}

/** Checks the file's content. Throws for anything else. */
function read(content: unknown): Map<string, Entry> {
	const { memory, meters } = content as { memory?: unknown; meters?: Record<string, unknown> }
	if (memory !== 1 || typeof meters !== 'object' || meters === null) throw new Error('no such file')
	return new Map(Object.entries(meters).flatMap(([name, value]) => entriesOf(name, value)))
}

/** Reads what was kept of a meter; totals of another form are dropped, and the counter stays. */
function entriesOf(name: string, value: unknown): [string, Entry][] {
	const { reset, memory } = (value ?? {}) as {
		reset?: unknown
		memory?: { counter?: Partial<Counter>; totals?: Partial<Totals>; habits?: unknown; proved?: unknown }
	}
	if (typeof reset !== 'string' || typeof memory !== 'object' || memory === null) return []
	const { counter, totals, habits, proved, ...rest } = memory
	if (counter !== undefined && !(typeof counter.systemTitle === 'string' && Number.isInteger(counter.last))) return []
	const areShown =
		totals !== undefined && ['undefined', 'string'].includes(typeof totals.id) && areTotals(totals.values) && areSums(totals.sums)
	const kept = {
		...rest,
		...(counter && { counter: counter as Counter }),
		...(areShown && { totals: totals as Totals }),
		...(areHabits(habits) && { habits }),
		...(typeof proved === 'number' && { proved }),
	}
	return [[name, { reset, memory: kept }]]
}

const areSums = (sums: unknown) =>
	sums === undefined || (typeof sums === 'object' && sums !== null && Object.values(sums).every((names) => Array.isArray(names)))

const areTotals = (values: unknown) =>
	typeof values === 'object' &&
	values !== null &&
	Object.values(values).every(
		(total) => typeof total === 'object' && total !== null && [total.value, total.at, total.step].every((part) => typeof part === 'number'),
	)
