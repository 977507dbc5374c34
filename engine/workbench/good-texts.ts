import { type KeptFile, keptFile } from '../files/kept-file.ts'
import { MAX_PROFILE } from '../profile/library.ts'

/** The last text of a profile that was right, and since when it is known. */
export type GoodText = { name: string; at: string; text: string }

/** Profiles whose last right text is kept, and characters of all of them. */
const [MOST, MOST_TEXT] = [50, 1024 * 1024]

/** Keeps the last right text of each profile that a person edits, over restarts where there is a file. */
export class GoodTexts {
	readonly #texts = new Map<string, GoodText>()
	readonly #file: KeptFile<GoodText>

	constructor(file: string | undefined, tell: (text: string) => void) {
		this.#file = keptFile<GoodText>({
			file,
			read: readGood,
			key: ({ name }) => name,
			readFirst: () => undefined,
			entries: () => this.#texts.values(),
			maxAge: 500,
			loss: {
				read: 'the last right version of those profiles is not known',
				write: 'the last right versions of profiles are kept in memory only',
			},
			tell,
		})
		for (const good of this.#file.load()) this.#texts.set(good.name, good)
	}

	/** Gives the last right text of a profile. */
	of(name: string): GoodText | undefined {
		return this.#texts.get(name)
	}

	/** Takes a text that is right now. */
	take(name: string, text: string): void {
		if (this.#texts.get(name)?.text === text) return
		this.#texts.delete(name)
		this.#texts.set(name, { name, at: new Date().toISOString(), text })
		let size = [...this.#texts.values()].reduce((sum, good) => sum + good.text.length, 0)
		for (const [oldest, good] of this.#texts) {
			if (this.#texts.size <= MOST && size <= MOST_TEXT) break
			this.#texts.delete(oldest)
			size -= good.text.length
		}
		this.#file.changed()
	}

	/** Writes what is not on disk yet. */
	flush(): void {
		this.#file.flush()
	}
}

function readGood(content: unknown): GoodText | undefined {
	const { name, at, text } = (content ?? {}) as Partial<GoodText>
	const isGood = typeof name === 'string' && typeof at === 'string' && typeof text === 'string'
	return isGood && text.length <= MAX_PROFILE && !Number.isNaN(Date.parse(at)) ? { name, at, text } : undefined
}
