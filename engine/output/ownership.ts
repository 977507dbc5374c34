import { type KeptFile, keptFile } from '../files/kept-file.ts'

/**
 * The output that writes a topic, for a meter (none for what describes the process). `announced`: by its announcement, not by readings. `recalled`: as
 * the broker has it from an earlier process; this one has not written it yet.
 */
export type Owner = { output: string; meter: string; announced: boolean; retain: boolean; recalled?: true }

/** The file's content; its first key has the name of the first version's. */
export type Content = { ledger: 1; meters: string[]; owners: Record<string, Owner>; announced: Record<string, string[]> }

/** Milliseconds that a killed process may forget. */
const MAX_AGE = 1000
const LOSS = 'what was announced before it is not cleaned up'

/**
 * Knows which output writes which topic, and what was announced of each meter. The broker keeps messages longer than the process lives, so this is kept
 * in the state folder: a meter that was renamed while nothing ran would otherwise stay in Home Assistant.
 */
export class Owners {
	readonly #file: KeptFile<Content>
	readonly #owners: Map<string, Owner>
	readonly #announced: Map<string, string[]>
	#meters: string[]

	/** Reads the file; without one (`undefined`) all is given to `put`, for the process that follows. `tell` says what is wrong with the file. */
	constructor(file: string | undefined, tell: (text: string) => void, put?: (text: string) => void) {
		const loss = { read: LOSS, write: `after a restart ${LOSS}` }
		this.#file = keptFile({ file, read, content: () => this.#content(), maxAge: MAX_AGE, loss, tell, put })
		const found = this.#file.load()
		this.#owners = new Map(Object.entries(found?.owners ?? {}))
		this.#announced = new Map(Object.entries(found?.announced ?? {}))
		this.#meters = found?.meters ?? []
	}

	/** Gives the owner of a topic. */
	owner(topic: string): Owner | undefined {
		return this.#owners.get(topic)
	}

	/** Gives the topics whose owner fits. */
	topics(fits: (owner: Owner) => boolean): string[] {
		return [...this.#owners].flatMap(([topic, owner]) => (fits(owner) ? [topic] : []))
	}

	/** Makes an output the owner of a topic. */
	set(topic: string, owner: Owner): void {
		if (JSON.stringify(this.#owners.get(topic)) === JSON.stringify(owner)) return
		this.#owners.set(topic, owner)
		this.#file.changed()
	}

	/** Forgets the owner of a topic. */
	delete(topic: string): void {
		if (this.#owners.delete(topic)) this.#file.changed()
	}

	/** Gives the fields of a meter that an output has announced last. */
	announced(output: string, meter: string): string[] {
		return this.#announced.get(`${output} ${meter}`) ?? []
	}

	/** Keeps the fields of a meter that an output has announced. */
	announce(output: string, meter: string, names: string[]): void {
		if (names.length > 0) this.#announced.set(`${output} ${meter}`, names)
		else this.#announced.delete(`${output} ${meter}`)
		this.#file.changed()
	}

	/** Takes the meters that there are now, and gives those that there were and are no longer. */
	meters(names: string[]): string[] {
		const gone = this.#meters.filter((name) => !names.includes(name))
		if (gone.length > 0 || names.length !== this.#meters.length) this.#file.changed()
		this.#meters = names
		return gone
	}

	/** Takes over what an earlier process of this instance has left on the broker, and gives the meters that there are no longer. */
	recall(found: Omit<Content, 'ledger'>): string[] {
		for (const [topic, owner] of Object.entries(found.owners))
			if (!this.#owners.has(topic)) this.#owners.set(topic, { ...owner, recalled: true })
		for (const [key, names] of Object.entries(found.announced)) if (!this.#announced.has(key)) this.#announced.set(key, names)
		return found.meters.filter((name) => !this.#meters.includes(name))
	}

	/** Writes what is not on disk yet. */
	flush(): void {
		this.#file.flush()
	}

	#content(): Content {
		const owners = Object.fromEntries([...this.#owners].filter(([, { retain }]) => retain))
		return { ledger: 1, meters: this.#meters, owners, announced: Object.fromEntries(this.#announced) }
	}
}

/** Checks the file's content. Throws for anything else. */
function read(content: unknown): Content {
	const { ledger, meters, owners, announced } = content as Partial<Content>
	const texts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string')
	const right =
		ledger === 1 &&
		texts(meters) &&
		Object.values(owners ?? 0).every(({ output, meter }) => typeof output === 'string' && typeof meter === 'string') &&
		Object.values(announced ?? 0).every(texts)
	if (!right) throw new Error('no owners')
	return content as Content
}
