/** A JSON object. */
export type Json = { [key: string]: unknown }

/**
 * Lays one document over another (design.md, section 3): objects merge key by key and the later wins, null removes, arrays and values
 * replace, and a `transport` of another `kind` replaces the whole section, but for how the meter is asked: a serial port on the network is one still.
 */
export function merge(base: Json, over: Json): Json {
	const result: Json = { ...base }
	for (const [key, value] of Object.entries(over)) {
		const before = result[key]
		if (value === null) delete result[key]
		else if (!isObject(value)) result[key] = value
		else {
			const isOther = key === 'transport' && isObject(before) && value.kind !== undefined && value.kind !== before.kind
			result[key] = merge(!isObject(before) ? {} : isOther ? askedAs(before, value) : before, value)
		}
	}
	return result
}

const LINES: unknown[] = ['serial', 'tcp']

/** How a meter is asked, where one line takes the place of another. */
function askedAs({ kind, request, signOn }: Json, over: Json): Json {
	if (!LINES.includes(kind) || !LINES.includes(over.kind)) return {}
	return { ...(request !== undefined && { request }), ...(signOn !== undefined && { signOn }) }
}

/** Tells a JSON object from arrays and plain values. */
export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}
