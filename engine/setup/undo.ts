import { type KeptFile, keptFile } from '../files/kept-file.ts'

/** The state before a change: the config's text (undefined: there was no file), what was done, the name of the text behind it, and key files that it made. */
export type Step = { n: number; before: string | null; what: string; after: string; made: string[] }

/** Changes that can be undone. */
const MOST = 20

/** The last changes of the config, kept in the state's folder. */
export class Steps {
	readonly #file: KeptFile<Step>
	#steps: Step[]

	/** Without a file they are kept in memory only. */
	constructor(file: string | undefined, tell: (text: string) => void) {
		this.#file = keptFile<Step>({
			file,
			read: stepOf,
			key: ({ n }) => String(n),
			readFirst: () => undefined,
			entries: () => this.#steps,
			maxAge: 100,
			loss: { read: 'earlier changes of the config cannot be undone', write: 'changes of the config cannot be undone after a restart' },
			tell,
		})
		this.#steps = this.#file.load().sort((one, other) => one.n - other.n)
	}

	/** Gives the last change. */
	last(): Step | undefined {
		return this.#steps.at(-1)
	}

	/** Gives all of them, the oldest first. */
	all(): readonly Step[] {
		return this.#steps
	}

	/** Adds a change. Gives the oldest, which is forgotten, where there are too many. */
	add(step: Omit<Step, 'n'>): Step | undefined {
		this.#steps.push({ ...step, n: (this.last()?.n ?? 0) + 1 })
		const forgotten = this.#steps.length > MOST ? this.#steps.shift() : undefined
		this.#write()
		return forgotten
	}

	/** Takes the last change away: it was undone. */
	drop(): void {
		this.#steps.pop()
		this.#write()
	}

	/** Gives the texts that can be gone back to. */
	texts(): string[] {
		return this.#steps.flatMap(({ before }) => before ?? [])
	}

	#write(): void {
		this.#file.changed()
		this.#file.flush()
	}
}

function stepOf(content: unknown): Step | undefined {
	const { n, before, what, after, made } = (content ?? {}) as Partial<Record<keyof Step, unknown>>
	if (typeof n !== 'number' || typeof what !== 'string' || typeof after !== 'string' || !Array.isArray(made)) return undefined
	if (before !== null && typeof before !== 'string') return undefined
	return { n, before, what, after, made: made.filter((one): one is string => typeof one === 'string') }
}
