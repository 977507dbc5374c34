/** Makes a function remember what it made for the last keys: at most `most` of them, then it forgets all and begins again. For what is measurably slow to make. */
export function cached<Key extends string | number, Value>(most: number, make: (key: Key) => Value): (key: Key) => Value {
	const known = new Map<Key, Value>()
	return (key) => {
		const found = known.get(key)
		if (found !== undefined || known.has(key)) return found as Value
		if (known.size >= most) known.clear()
		const made = make(key)
		known.set(key, made)
		return made
	}
}
