/**
 * Gives a new answer with those parts of the one before that are the same in both, as the same objects: what shows them is not drawn again. Both are plain
 * data, as JSON has it.
 */
export function sharing<Data>(next: Data, before: unknown): Data {
	if (next === before || typeof next !== 'object' || next === null || typeof before !== 'object' || before === null) return next
	if (Array.isArray(next) !== Array.isArray(before)) return next
	const [now, old] = [next as Record<string, unknown>, before as Record<string, unknown>]
	const keys = Object.keys(now)
	let isSame = keys.length === Object.keys(old).length
	for (const key of keys) {
		const known = Object.hasOwn(old, key) ? old[key] : undefined
		const shared = sharing(now[key], known)
		if (shared !== now[key]) now[key] = shared
		if (shared !== known) isSame = false
	}
	return isSame ? (before as Data) : next
}
