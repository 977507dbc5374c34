/** A JSON object. */
export type Json = { [key: string]: unknown }

/**
 * Lays one document over another (design.md, section 3): objects merge key by key and the later wins, null removes, arrays and values
 * replace, and a `transport` of another `kind` replaces the whole section.
 */
export function merge(base: Json, over: Json): Json {
	const result: Json = { ...base }
	for (const [key, value] of Object.entries(over)) {
		const before = result[key]
		if (value === null) delete result[key]
		else if (!isObject(value)) result[key] = value
		else {
			const replaces = !isObject(before) || (key === 'transport' && value.kind !== undefined && value.kind !== before.kind)
			result[key] = merge(replaces ? {} : before, value)
		}
	}
	return result
}

/** Tells a JSON object from arrays and plain values. */
export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}
