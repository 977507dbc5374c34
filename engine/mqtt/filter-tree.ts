type Node<T> = {
	/** By the next level, where that is no wildcard. */
	below: Map<string, Node<T>> | undefined
	/** Behind `+`. */
	any: Node<T> | undefined
	/** Of the filter that ends here, and of the one that ends here by `#`. */
	here: T | undefined
	rest: T | undefined
}

const node = <T>(): Node<T> => ({ below: undefined, any: undefined, here: undefined, rest: undefined })

/** Filters in a tree of their levels: what a topic fits is found by its own levels, however many filters there are. */
export class FilterTree<T> {
	readonly #root = node<T>()
	/** How many nodes were looked at for the last topic. */
	looks = 0

	/** Sets the value of a filter. */
	set(filter: string, value: T): void {
		let at = this.#root
		for (const level of filter.split('/')) {
			if (level === '#') {
				at.rest = value
				return
			}
			const next: Node<T> = (level === '+' ? at.any : at.below?.get(level)) ?? node()
			if (level === '+') at.any = next
			else {
				at.below ??= new Map()
				at.below.set(level, next)
			}
			at = next
		}
		at.here = value
	}

	/** Forgets a filter. */
	delete(filter: string): void {
		remove(this.#root, filter.split('/'), 0)
	}

	/** Gives the values of the filters that a topic fits (MQTT 3.1.1, 4.7). */
	fitting(topic: string): T[] {
		const found: T[] = []
		this.looks = collect(this.#root, topic, 0, found)
		return found
	}
}

/** Says whether nothing is left of the node. */
function remove<T>(at: Node<T>, levels: string[], place: number): boolean {
	const level = levels[place]
	if (level === undefined) at.here = undefined
	else if (level === '#') at.rest = undefined
	else {
		const next = level === '+' ? at.any : at.below?.get(level)
		if (next && remove(next, levels, place + 1)) {
			if (level === '+') at.any = undefined
			else if (at.below?.delete(level) && at.below.size === 0) at.below = undefined
		}
	}
	return at.here === undefined && at.rest === undefined && at.any === undefined && at.below === undefined
}

/** Collects what fits a topic whose next level begins at `from`; behind its last one that is beyond its end. Gives how many nodes were looked at. */
function collect<T>(at: Node<T>, topic: string, from: number, found: T[]): number {
	if (at.rest !== undefined) found.push(at.rest)
	if (from > topic.length) {
		if (at.here !== undefined) found.push(at.here)
		return 1
	}
	const slash = topic.indexOf('/', from)
	const end = slash < 0 ? topic.length : slash
	let looks = 1
	if (at.any) looks += collect(at.any, topic, end + 1, found)
	const below = at.below?.get(topic.slice(from, end))
	if (below) looks += collect(below, topic, end + 1, found)
	return looks
}
