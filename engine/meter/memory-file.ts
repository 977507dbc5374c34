import { readStateFile, replaceFile } from '../files/state-file.ts'
import type { Counter } from '../pipeline/counter.ts'
import type { Memory } from '../pipeline/memory.ts'
import type { Totals } from '../transform/expect.ts'

/** The memories of all meters, in a file. */
export type MemoryFile = {
	/** Returns what is known of a meter; nothing when it was kept under another `reset`, by which the operator lets it start over. */
	of(meter: string, reset: string): Memory
	/** Keeps a memory after so many more telegrams: on disk within a minute, or after 256 telegrams of one meter. */
	keep(meter: string, reset: string, memory: Memory, telegrams: number): void
	/** Writes what is not on disk yet. */
	flush(): void
}

/** Telegrams of one meter, and milliseconds, that a process that is killed may forget. */
const [MAX_AHEAD, MAX_AGE] = [256, 60_000]
/** Milliseconds before the same complaint is made again. */
const COMPLAINT_PAUSE = 3_600_000

type Entry = { reset: string; memory: Memory }

/**
 * Opens the memories in a file. It is replaced as a whole (written beside, synced, renamed), so it is never half written. A file that cannot be read, or
 * is something else, is put aside, and `tell` says so; without a file (`undefined`) they are kept while the process runs.
 */
export function memoryFile(file: string | undefined, tell: (text: string) => void): MemoryFile {
	const entries = file === undefined ? new Map<string, Entry>() : load(file, tell)
	const ahead = new Map<string, number>()
	let dirty = false
	let timer: NodeJS.Timeout | undefined
	let told = Number.NEGATIVE_INFINITY

	function flush(): void {
		clearTimeout(timer)
		timer = undefined
		if (file === undefined || !dirty) return
		ahead.clear()
		try {
			replaceFile(file, JSON.stringify({ memory: 1, meters: Object.fromEntries(entries) }))
			dirty = false
		} catch (error) {
			// The disk is full or read-only: we go on and try again.
			if (Date.now() - told >= COMPLAINT_PAUSE)
				tell(`${file} cannot be written (${(error as Error).message}): replay counters are lost at a restart`)
			told = Date.now()
			later()
		}
	}

	function later(): void {
		timer ??= setTimeout(() => {
			timer = undefined
			flush()
		}, MAX_AGE)
		timer.unref()
	}

	return {
		of(meter, reset) {
			const found = entries.get(meter)
			return found?.reset === reset ? found.memory : {}
		},
		keep(meter, reset, memory, telegrams) {
			entries.set(meter, { reset, memory })
			const count = (ahead.get(meter) ?? 0) + telegrams
			ahead.set(meter, count)
			dirty = true
			if (count >= MAX_AHEAD) flush()
			else later()
		},
		flush,
	}
}

function load(file: string, tell: (text: string) => void): Map<string, Entry> {
	const read = (content: unknown) => {
		const { memory, meters } = content as { memory?: unknown; meters?: Record<string, unknown> }
		if (memory !== 1 || typeof meters !== 'object' || meters === null) throw new Error('no such file')
		return new Map(entriesOf(meters))
	}
	return readStateFile(file, read, 'replay counters start over', tell) ?? new Map()
}

function* entriesOf(meters: Record<string, unknown>): Generator<[string, Entry]> {
	for (const [name, value] of Object.entries(meters)) {
		const entry = entryOf(value)
		if (entry) yield [name, entry]
	}
}

/** Reads what was kept of a meter; totals of another form are dropped, and the counter stays. */
function entryOf(value: unknown): Entry | undefined {
	const { reset, memory } = (value ?? {}) as { reset?: unknown; memory?: { counter?: Partial<Counter>; totals?: Partial<Totals> } }
	if (typeof reset !== 'string' || typeof memory !== 'object' || memory === null) return undefined
	const { counter, totals, ...rest } = memory
	if (counter !== undefined && !(typeof counter.systemTitle === 'string' && Number.isInteger(counter.last))) return undefined
	const sums = totals !== undefined && typeof totals.id === 'string' && areNumbers(totals.values) && areNumbers(totals.times)
	return { reset, memory: { ...rest, ...(counter && { counter: counter as Counter }), ...(sums && { totals: totals as Totals }) } }
}

const areNumbers = (values: unknown) =>
	typeof values === 'object' && values !== null && Object.values(values).every((value) => typeof value === 'number')
