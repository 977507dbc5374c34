import { concealed } from '../text/names.ts'
import { visible } from '../text/visible.ts'
import type { Log } from './log.ts'

/** A line of the log as the page shows it; `n` counts up. */
export type LogEntry = { n: number; time: string; level: 'info' | 'warn' | 'error'; text: string; meter?: string }

/** Levels that are kept, from the least. */
const LEVELS = ['info', 'warn', 'error'] as const
type Level = LogEntry['level']

/** Lines that are kept, and characters of each. */
const [MAX_ENTRIES, MAX_TEXT] = [1000, 1000]

type Listener = (entry: LogEntry) => void

/**
 * Keeps the last 1,000 lines of a log for people who look later, and passes all on. It stands behind the limited log, so it holds what that one
 * tells; keys and passwords in texts are covered once more. Lines of the level debug are passed on only.
 */
export class RecentLog implements Log {
	readonly #to: Log
	readonly #meter: string | undefined
	readonly #kept: Kept

	constructor(to: Log, meter?: string, kept: Kept = new Kept()) {
		this.#to = to
		this.#meter = meter
		this.#kept = kept
	}

	readonly debug: Log['debug'] = (about, text) => this.#to.debug(about, text)
	readonly info: Log['info'] = (about, text) => this.#take('info', about, text)
	readonly warn: Log['warn'] = (about, text) => this.#take('warn', about, text)
	readonly error: Log['error'] = (about, text) => this.#take('error', about, text)

	/** Makes the log of one meter; its lines are kept with all others. */
	child(bindings: { meter: string }): Log {
		return new RecentLog(this.#to.child(bindings), bindings.meter, this.#kept)
	}

	/** Returns the lines behind number `after`, of a level and above, the oldest first. */
	recent(after = 0, level: Level = 'info'): LogEntry[] {
		const least = LEVELS.indexOf(level)
		return this.#kept.entries.filter((entry) => entry.n > after && LEVELS.indexOf(entry.level) >= least)
	}

	/** Tells a listener each line from now on. Returns what ends that. A listener that throws is heard no more. */
	subscribe(listener: Listener): () => void {
		this.#kept.listeners.add(listener)
		return () => void this.#kept.listeners.delete(listener)
	}

	#take(level: Level, about: unknown, text?: string): void {
		if (text === undefined) this.#to[level](about)
		else this.#to[level](about, text)
		this.#kept.add(level, text ?? (about instanceof Error ? about.message : typeof about === 'string' ? about : ''), this.#meter)
	}
}

/** The lines of a log and its children. */
class Kept {
	readonly entries: LogEntry[] = []
	readonly listeners = new Set<Listener>()
	#n = 0

	add(level: Level, text: string, meter: string | undefined): void {
		const entry = {
			n: ++this.#n,
			time: new Date().toISOString(),
			level,
			text: concealed(visible(text, MAX_TEXT)),
			...(meter !== undefined && { meter }),
		}
		if (this.entries.length >= MAX_ENTRIES) this.entries.shift()
		this.entries.push(entry)
		for (const listener of this.listeners) {
			try {
				listener(entry)
			} catch {
				this.listeners.delete(listener)
			}
		}
	}
}
