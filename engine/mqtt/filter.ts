/** Compiles a topic with named levels, `tele/+device/SENSOR` (`+` and a last `#` as in MQTT); `levels` pins some of them. */
export function topicPattern(topic: string, levels: Record<string, string>) {
	const written = topic.split('/')
	const names = written.map((level) => (level.startsWith('+') ? level.slice(1) : ''))
	const wanted = written.map((level, place) => (names[place] ? (levels[names[place]] ?? '+') : level))
	// Most adapters send on one topic.
	let last: string | undefined
	let known: Readonly<Record<string, string>> | undefined

	function levelsOf(candidate: string): Readonly<Record<string, string>> | undefined {
		const found = candidate.split('/')
		if (!levelsFit(wanted, found)) return undefined
		return Object.freeze(Object.fromEntries(names.flatMap((name, place) => (name ? [[name, found[place] ?? '']] : []))))
	}

	return {
		/** The filter for the broker: `tele/+/SENSOR`, pinned levels filled in. */
		filter: wanted.join('/'),
		/** Gives the named levels of a topic; undefined when it does not fit. */
		match(candidate: string): Readonly<Record<string, string>> | undefined {
			if (candidate !== last) known = levelsOf(candidate)
			last = candidate
			return known
		},
	}
}

/** Compiles the topic of a transport, or each of its topics. */
export function topicPatterns(topic: string | readonly string[] = '', levels: Record<string, string> = {}) {
	return (typeof topic === 'string' ? [topic] : topic).map((one) => topicPattern(one, levels))
}

/** Says whether a topic fits a filter, or whether some topic fits both of two filters. */
export function fits(one: string, other: string): boolean {
	return levelsFit(one.split('/'), other.split('/'))
}

/** Says whether a topic, or some topic, fits both filters (MQTT 3.1.1, 4.7), by their levels: a filter that is used often is split once. */
export function levelsFit(one: readonly string[], other: readonly string[]): boolean {
	for (let place = 0; ; place++) {
		const [a, b] = [one[place], other[place]]
		if (a === '#' || b === '#') return true
		if (a === undefined || b === undefined) return a === b
		if (a !== b && a !== '+' && b !== '+') return false
	}
}
