import { concealed } from '../text/names.ts'
import { visible, visibleLines } from '../text/visible.ts'

/**
 * Says a text; or a text with what it is about before it: an error, or `{ cause }`, equal for all that is said of one thing that went wrong, whatever
 * the texts are. `changes: true`: they say how something stands now, and people wait for
 * it: a few are told at once.
 */
type Say = (about: unknown, text?: string) => void

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LEVELS)[number]

/** What the engine logs by; a logger of pino is one. */
export type Log = Record<Level, Say> & { child(bindings: { meter: string }): Log }

/** Milliseconds in which a cause is told once: the first time, and the longest, while it goes on. */
const [PAUSE, LONGEST] = [60_000, 900_000]
/** Lines a minute, whatever their causes: of the process, and of a meter. */
const [LINES, LINES_OF_METER] = [200, 30]
/** How often a change is told at once, as long as it does not go on: a cable is plugged again and again, a profile saved often. */
const FEW = 20
/** Causes that are remembered of a meter. */
const MAX_CAUSES = 200
/** Characters of an error's stack. */
const MAX_STACK = 8000
/** The cause of what is left out because of its number. */
const MORE = 'more'

type Cause = { level: Level; text: string; told: number; pause: number; until: number; left: number; timer: NodeJS.Timeout | undefined }

/**
 * A log that nobody outside can flood or forge. Each cause is told once a minute (less often while it goes on), with the number of those that were left
 * out; what names no cause has a limit of its own. Texts are escaped, and keys and passwords in them covered.
 */
export class LimitedLog implements Log {
	readonly #to: Log
	readonly #lines: number
	/** The causes of which something was left out, of all children: `flush` tells them. */
	readonly #left: Set<() => void>
	readonly #causes = new Map<string, Cause>()
	#minute = Number.NEGATIVE_INFINITY
	#said = 0

	constructor(to: Log, lines = LINES, left = new Set<() => void>()) {
		this.#to = to
		this.#lines = lines
		this.#left = left
	}

	readonly debug: Say = (about, text) => this.#take('debug', about, text)
	readonly info: Say = (about, text) => this.#take('info', about, text)
	readonly warn: Say = (about, text) => this.#take('warn', about, text)
	readonly error: Say = (about, text) => this.#take('error', about, text)

	/** Makes the log of one meter. */
	child(bindings: { meter: string }): Log {
		return new LimitedLog(this.#to.child(bindings), LINES_OF_METER, this.#left)
	}

	/** Tells what was left out so far. */
	flush(): void {
		for (const tell of [...this.#left]) tell()
	}

	#take(level: Level, about: unknown, text = ''): void {
		if (about instanceof Error) this.#failed(level, about, text)
		else if (typeof about === 'object' && about !== null && 'cause' in about)
			this.#caused(level, String(about.cause), text, undefined, 'changes' in about ? FEW : 1)
		else this.#counted(level, String(about))
	}

	#failed(level: Level, { name, message, stack = '' }: Error, text: string): void {
		const err = { type: name, message: shown(message), stack: concealed(visibleLines(stack.slice(0, MAX_STACK), '    ')) }
		this.#caused(level, `${name} ${text}`, text, () => this.#to[level]({ err }, shown(text || message)))
	}

	/** Says a text of a cause, if the cause is not told yet. */
	#caused(level: Level, cause: string, text: string, say = () => this.#to[level]({ cause: shown(cause) }, shown(text)), few = 1): void {
		if (this.#causes.has(cause) || this.#causes.size < MAX_CAUSES || this.#forget())
			this.#limited(cause, level, text, () => this.#counted(level, text, say), few)
		else this.#overflow(text)
	}

	/** Says a text, as long as there are few in this minute. */
	#counted(level: Level, text: string, say = () => this.#to[level](shown(text))): void {
		const now = performance.now()
		if (now - this.#minute >= PAUSE) {
			this.#minute = now
			this.#said = 0
		}
		if (this.#said++ < this.#lines) say()
		else this.#overflow(text)
	}

	#overflow(text: string): void {
		const all = `more is said in a minute than the log takes, such as: ${text}`
		this.#limited(MORE, 'warn', all, () => this.#to.warn(shown(all)))
	}

	#limited(name: string, level: Level, text: string, say: () => void, few = 1): void {
		const now = performance.now()
		const cause = this.#causes.get(name)
		if (cause && now < cause.until && cause.told < few) {
			cause.told++
			say()
			return
		}
		if (cause && now < cause.until) {
			Object.assign(cause, { level, text })
			if (cause.left++ === 0) this.#await(cause, cause.until - now)
			return
		}
		// One that began again soon after its pause goes on.
		const goesOn = cause !== undefined && now < cause.until + cause.pause
		const pause = goesOn ? Math.min(2 * cause.pause, LONGEST) : PAUSE
		this.#causes.set(name, { level, text, told: goesOn ? few : 1, pause, until: now + pause, left: 0, timer: undefined })
		say()
	}

	/** Tells at the end of its pause what was left out of a cause. */
	#await(cause: Cause, rest: number): void {
		const tell = () => {
			clearTimeout(cause.timer)
			this.#left.delete(tell)
			const { level, text, left, pause } = cause
			const others = left > 1 ? ` (and ${left - 1} more of this cause that were left out)` : ''
			Object.assign(cause, { left: 0, pause: Math.min(2 * pause, LONGEST), until: performance.now() + Math.min(2 * pause, LONGEST) })
			this.#to[level](shown(text) + others)
		}
		this.#left.add(tell)
		cause.timer = setTimeout(tell, rest).unref()
	}

	/** Forgets causes of which nothing is left out, those first that are over. Returns whether there were any. */
	#forget(): boolean {
		const idle = [...this.#causes].filter(([, { left }]) => left === 0)
		const over = idle.filter(([, { until }]) => until < performance.now())
		for (const [name] of over.length > 0 ? over : idle.slice(0, 1)) this.#causes.delete(name)
		return idle.length > 0
	}
}

/** A text as it is logged. */
const shown = (text: string) => concealed(visible(text))

/** Gives a cause for a text of ours that has details in it: its first words, without numbers and quotations. */
export const causeOf = (text: string) =>
	text
		.replace(/"[^"]*"|\d+/g, '#')
		.split(' ', 4)
		.join(' ')
		.slice(0, 80)
