/** Gives the nearest candidate that is at most two edits away (Levenshtein); undefined when no candidate is. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	let best: { word: string; distance: number } | undefined
	if (word.length > 64) return undefined
	for (const candidate of candidates) {
		const distance = edits(word.toLowerCase(), candidate.toLowerCase())
		if (distance <= 2 && distance < candidate.length && (!best || distance < best.distance)) best = { word: candidate, distance }
	}
	return best?.word
}

/** Gives a hint: the nearest candidate, or `otherwise` when no candidate is near. */
export function meant(word: string, candidates: readonly string[], otherwise: string): string {
	const near = nearest(word, candidates)
	return near === undefined ? otherwise : `did you mean "${near}"?`
}

function edits(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, i) => i)
	for (let i = 1; i <= from.length; i++) {
		const next = [i]
		for (let j = 1; j <= to.length; j++) {
			const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
		}
		row = next
	}
	return row[to.length] ?? 0
}
