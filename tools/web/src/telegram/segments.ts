import type { Layer, Note, Stage } from '../api/flows.ts'

/** Bytes beside each other that mean the same; `note` is the place of their meaning, undefined where nothing explains them. */
export type Segment = { at: number; bytes: string[]; note: number | undefined; layer: Layer | undefined }

/** Cuts a stage into segments: each byte belongs to the smallest note that covers it. */
export function segmentsOf({ hex, notes }: Stage): Segment[] {
	const bytes = hex.match(/../g) ?? []
	const owner: (number | undefined)[] = bytes.map(() => undefined)
	// The longer first, so that those within them are written over them.
	const order = notes.map((_, place) => place).sort((one, other) => (notes[other]?.length ?? 0) - (notes[one]?.length ?? 0))
	for (const place of order) {
		const { at, length } = notes[place] as Note
		for (let byte = Math.max(0, at); byte < Math.min(at + length, bytes.length); byte++) owner[byte] = place
	}
	const segments: Segment[] = []
	for (const [at, byte] of bytes.entries()) {
		const note = owner[at]
		const last = segments.at(-1)
		if (last && last.note === note) last.bytes.push(byte)
		else segments.push({ at, bytes: [byte], note, layer: note === undefined ? undefined : notes[note]?.layer })
	}
	return segments
}

/** The stages that tell something, by their places: those with values, else the last. */
export function telling(stages: Stage[]): Set<number> {
	const found = stages.flatMap(({ notes }, place) => (notes.some(({ layer }) => layer === 'value') ? [place] : []))
	return new Set(found.length > 0 ? found : [stages.length - 1])
}
