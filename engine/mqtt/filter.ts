/** A subscription with named levels: `tele/+device/SENSOR`. */
export type TopicPattern = {
	/** What the broker is asked for: `tele/+/SENSOR`, pinned levels filled in. */
	filter: string
	/** The named levels of a topic, or undefined when it does not fit. */
	match(topic: string): Record<string, string> | undefined
}

/** Compiles a topic with named levels (`+name`; `+` and a last `#` as in MQTT); `levels` pins some of them. */
export function topicPattern(topic: string, levels: Record<string, string>): TopicPattern {
	const parts = topic.split('/').map((part) => {
		const name = part.startsWith('+') && part.length > 1 ? part.slice(1) : undefined
		return { name, wanted: name === undefined ? part : (levels[name] ?? '+') }
	})
	return {
		filter: parts.map(({ wanted }) => wanted).join('/'),
		match(candidate) {
			const found = candidate.split('/')
			const named: Record<string, string> = {}
			for (const [place, { name, wanted }] of parts.entries()) {
				const level = found[place]
				if (wanted === '#') return named
				if (level === undefined || (wanted !== '+' && wanted !== level)) return undefined
				if (name !== undefined) named[name] = level
			}
			return found.length === parts.length ? named : undefined
		},
	}
}

/** Whether a topic, or any topic of a filter with wildcards, can fit another filter. */
export function overlaps(one: string, other: string): boolean {
	const [left, right] = [one.split('/'), other.split('/')]
	for (let place = 0; ; place++) {
		const [a, b] = [left[place], right[place]]
		if (a === '#' || b === '#') return true
		if (a === undefined || b === undefined) return a === b
		if (a !== b && a !== '+' && b !== '+') return false
	}
}

/** Whether a topic fits a filter with + and # (MQTT 3.1.1, 4.7). */
export function fits(filter: string, topic: string): boolean {
	return fitsLevels(partsOf(filter), topic.split('/'))
}

/** Filters by their levels: a translator looks through 64 of them for each message. */
const filterParts = new Map<string, string[]>()
const MANY_FILTERS = 1024

/** Gives a filter's levels. */
export function partsOf(filter: string): string[] {
	const known = filterParts.get(filter)
	if (known) return known
	const parts = filter.split('/')
	if (filterParts.size < MANY_FILTERS) filterParts.set(filter, parts)
	return parts
}

/** Whether the levels of a topic fit those of a filter. */
export function fitsLevels(parts: string[], levels: string[]): boolean {
	for (let place = 0; place < parts.length; place++) {
		const part = parts[place]
		if (part === '#') return true
		if (levels[place] === undefined || (part !== '+' && part !== levels[place])) return false
	}
	return parts.length === levels.length
}
