import { object, text } from '../bytes/shape.ts'
import { keptFile } from '../files/kept-file.ts'
import { partOf, shard } from '../mqtt/shards.ts'
import type { Memory } from '../pipeline/memory.ts'
import { memoryShape } from '../pipeline/memory-shape.ts'
import type { Total } from '../transform/total.ts'

/** The memories of all meters, in a file. */
export type MemoryFile = ReturnType<typeof memoryFile>

/** Telegrams of one meter, and milliseconds, that a process that is killed may forget. */
const [MAX_AHEAD, MAX_AGE] = [256, 60_000]
/** Milliseconds that a kept time may be ahead of the clock. */
const MAX_EARLY = 60_000
/** The earliest instant that a Date can have. */
const BEGINNING = -8.64e15
const LOSS = {
	read: 'of meters whose lines are gone, replay counters and the last values of counters start over',
	write: 'replay counters are lost at a restart',
}

const FILE = 'memory.json'

type Entry = { name: string; reset: string; memory: Memory }

const entryShape = object<Entry>({ name: text(/^[A-Za-z0-9_-]{1,64}$/), reset: text(/^.{0,200}$/su), memory: memoryShape })

/**
 * Opens the memories in a file, a line for each meter. What of it cannot be read is put aside, and `tell` says so; without a file (`undefined`) they are
 * kept while the process runs.
 */
export function memoryFile(file: string | undefined, tell: (text: string) => void) {
	const ahead = new Map<string, number>()
	const entries = new Map<string, Entry>()
	const kept = keptFile<Entry>({
		file,
		read: (content) => entryShape(content),
		key: ({ name }) => name,
		readFirst,
		entries: () => {
			ahead.clear()
			return entries.values()
		},
		maxAge: MAX_AGE,
		loss: LOSS,
		tell,
	})
	for (const entry of kept.load()) entries.set(entry.name, { ...entry, memory: datedBefore(Date.now() + MAX_EARLY, entry.memory) })

	return {
		/** Returns what is known of a meter; nothing when it was kept under another `reset`, by which the operator lets it start over. */
		of(meter: string, reset: string): Memory {
			const found = entries.get(meter)
			return found?.reset === reset ? found.memory : {}
		},
		/** Keeps a memory after so many more telegrams: on disk within a minute, or after 256 telegrams of one meter. */
		keep(meter: string, reset: string, memory: Memory, telegrams: number): void {
			entries.set(meter, { name: meter, reset, memory })
			const count = (ahead.get(meter) ?? 0) + telegrams
			ahead.set(meter, count)
			kept.changed()
			if (count >= MAX_AHEAD) kept.flush()
		},
		/** Writes what is not on disk yet. */
		flush: () => kept.flush(),
	}
}

/** Opens the memories of all meters of a process: in one file or, of a worker, in a file for each of its parts. */
export function memoriesOf(
	parts: readonly number[] | undefined,
	file: (name: string, part?: number) => string | undefined,
	tell: (text: string) => void,
): MemoryFile {
	if (!parts) return memoryFile(file(FILE), tell)
	const files = new Map(parts.map((part) => [part, memoryFile(file(FILE, part), tell)]))
	const fileOf = (meter: string) => files.get(partOf(shard(meter)))
	return {
		of: (meter, reset) => fileOf(meter)?.of(meter, reset) ?? {},
		keep: (meter, reset, memory, telegrams) => fileOf(meter)?.keep(meter, reset, memory, telegrams),
		flush() {
			for (const one of files.values()) one.flush()
		},
	}
}

/** Dates counters that were kept under a clock that ran ahead at the beginning of time: no rise would be plausible before that time is reached. */
function datedBefore(limit: number, memory: Memory): Memory {
	const { totals } = memory
	const isAhead = ({ at, held }: Total) => at > limit || (held?.at ?? at) > limit
	if (!totals || !Object.values(totals.values).some(isAhead)) return memory
	const values = Object.entries(totals.values).map(([name, total]) => {
		const { held: _held, before: _before, ...rest } = total
		return [name, isAhead(total) ? { ...rest, at: BEGINNING } : total]
	})
	return { ...memory, totals: { ...totals, values: Object.fromEntries(values) } }
}

/** Reads the file of version 0.1; of totals in a form that was there before, only the counter is left. */
function readFirst(content: unknown): unknown[] | undefined {
	const { memory: version, meters } = (content ?? {}) as { memory?: unknown; meters?: unknown }
	if (version !== 1 || typeof meters !== 'object' || meters === null) return undefined
	return Object.entries(meters).map(([name, value]: [string, unknown]) => {
		const { reset, memory } = (value ?? {}) as { reset?: unknown; memory?: object }
		const { totals: _totals, ...rest } = (memory ?? {}) as { totals?: unknown }
		return { name, reset, memory: memoryShape(memory) ? memory : rest }
	})
}
