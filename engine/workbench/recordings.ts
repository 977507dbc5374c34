import { statSync } from 'node:fs'
import { readSample, type SampleFiles } from '../check/samples.ts'
import { YOUNG } from '../files/stamp.ts'
import type { Sample } from '../profile/samples.ts'

/** Samples that are kept read, and bytes of them: those of one profile. */
const [MAX_KEPT, MAX_BYTES] = [100, 16 * 1024 * 1024]

type Kept = { stamp: string; size: number; files: SampleFiles }

/** Reads the files of samples, and keeps what was read as long as the files are the same. Least recently used ones go first. */
export class Recordings {
	readonly #kept = new Map<string, Kept>()
	#bytes = 0

	/** Reads the two files of a sample. Throws an Error that names the file for one that cannot be read. */
	read = (sample: Sample): SampleFiles => {
		const known = this.#kept.get(sample.capture)
		const { stamp, size } = stampOf(sample)
		if (known && known.stamp === stamp) {
			this.#kept.delete(sample.capture)
			this.#kept.set(sample.capture, known)
			return known.files
		}
		this.#forget(sample.capture)
		const files = readSample(sample)
		if (stamp !== undefined) this.#keep(sample.capture, { stamp, size, files })
		return files
	}

	#keep(name: string, kept: Kept): void {
		this.#kept.set(name, kept)
		this.#bytes += kept.size
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= MAX_KEPT && this.#bytes <= MAX_BYTES) break
			this.#forget(oldest)
		}
	}

	#forget(name: string): void {
		this.#bytes -= this.#kept.get(name)?.size ?? 0
		this.#kept.delete(name)
	}
}

/** A text that differs when one of the files does; undefined while one is so young that it may change unseen. */
function stampOf({ capture, expected }: Sample): { stamp: string | undefined; size: number } {
	const states = [capture, expected].map((file) => statSync(file, { throwIfNoEntry: false }))
	const size = states.reduce((sum, state) => sum + (state?.size ?? 0), 0)
	if (states.some((state) => state && Math.abs(Date.now() - state.ctimeMs) < YOUNG)) return { stamp: undefined, size }
	return { stamp: JSON.stringify(states.map((state) => state && [state.mtimeMs, state.ctimeMs, state.size, state.ino])), size }
}
