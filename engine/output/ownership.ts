import { readStateFile, replaceFile } from '../files/state-file.ts'

/** Who writes a topic: an output, for a meter (none for what describes the process). `announced`: by its announcement, not by readings. */
export type Owner = { output: string; meter: string; announced: boolean; retain: boolean }

/**
 * Who writes which topic, and what was announced of each meter. What the broker keeps outlives the process, and so does this, in the state folder: a
 * meter that was renamed while nothing ran would else stay in Home Assistant for ever.
 */
export type Ledger = {
	owner(topic: string): Owner | undefined
	enter(topic: string, owner: Owner): void
	strike(topic: string): void
	/** The topics whose owner fits. */
	topics(fits: (owner: Owner) => boolean): string[]
	/** The fields of a meter that an output has announced last. */
	announced(output: string, meter: string): string[]
	announce(output: string, meter: string, names: string[]): void
	/** Sets the meters that there are, and gives those that there were and are no longer. */
	meters(names: string[]): string[]
	/** Writes what is not on disk yet. */
	flush(): void
}

type Content = { ledger: 1; meters: string[]; owners: Record<string, Owner>; announced: Record<string, string[]> }

/** Milliseconds that a killed process may forget. */
const MAX_AGE = 1000

/** The ledger in a file; without one (`undefined`) it is kept while the process runs. `tell` says what is wrong with the file. */
export function ledgerFile(file: string | undefined, tell: (text: string) => void): Ledger {
	const loss = 'what was announced before it is not cleaned up'
	const found = file === undefined ? undefined : readStateFile(file, contentOf, loss, tell)
	const owners = new Map(Object.entries(found?.owners ?? {}))
	const announced = new Map(Object.entries(found?.announced ?? {}))
	let known = found?.meters ?? []
	let timer: NodeJS.Timeout | undefined
	let told = false

	function flush(): void {
		clearTimeout(timer)
		if (file === undefined || timer === undefined) return
		timer = undefined
		const kept = [...owners].filter(([, { retain }]) => retain)
		const content: Content = { ledger: 1, meters: known, owners: Object.fromEntries(kept), announced: Object.fromEntries(announced) }
		try {
			replaceFile(file, JSON.stringify(content))
		} catch (error) {
			if (!told) tell(`${file} cannot be written (${(error as Error).message}): after a restart ${loss}`)
			told = true
		}
	}

	function changed(): void {
		timer ??= setTimeout(flush, MAX_AGE).unref()
	}

	return {
		owner: (topic) => owners.get(topic),
		enter(topic, owner) {
			if (JSON.stringify(owners.get(topic)) === JSON.stringify(owner)) return
			owners.set(topic, owner)
			changed()
		},
		strike(topic) {
			if (owners.delete(topic)) changed()
		},
		topics: (fits) => [...owners].flatMap(([topic, owner]) => (fits(owner) ? [topic] : [])),
		announced: (output, meter) => announced.get(`${output} ${meter}`) ?? [],
		announce(output, meter, names) {
			if (names.length > 0) announced.set(`${output} ${meter}`, names)
			else announced.delete(`${output} ${meter}`)
			changed()
		},
		meters(names) {
			const gone = known.filter((name) => !names.includes(name))
			if (gone.length > 0 || names.length !== known.length) changed()
			known = names
			return gone
		},
		flush,
	}
}

/** Throws at what is no ledger. */
function contentOf(content: unknown): Content {
	const { ledger, meters, owners, announced } = content as Partial<Content>
	const texts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string')
	const right =
		ledger === 1 &&
		texts(meters) &&
		Object.values(owners ?? 0).every(({ output, meter }) => typeof output === 'string' && typeof meter === 'string') &&
		Object.values(announced ?? 0).every(texts)
	if (!right) throw new Error('no ledger')
	return content as Content
}
