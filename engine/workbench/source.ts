import { statSync } from 'node:fs'
import type { SourceGiven } from '../../schema/types/api.ts'
import { testKeys } from '../pipeline/replay.ts'
import type { Library } from '../profile/library.ts'
import { sampleName, samplesNamed } from '../profile/samples.ts'
import { visible } from '../text/visible.ts'
import { readCapture } from '../transport/capture.ts'
import { telegramsIn } from './pasted.ts'
import { type Refused, refused } from './refusal.ts'
import type { Telegrams } from './task.ts'

/** Bytes of the longest recording that is shown: as many as a sample may have. */
const MAX_CAPTURE = 4 * 1024 * 1024
/** Recordings and texts that are kept as they were read: each keystroke asks for the same. */
const MOST = 4

/** Finds the telegrams that a source names. */
export class Sources {
	readonly #known = new Map<string, Telegrams>()

	/** Gives the telegrams of a source, or why there are none. `live`: those of the meter that it names. */
	find(source: SourceGiven, library: Library, live: Telegrams | undefined): Telegrams | Refused {
		if ('meter' in source)
			return live ?? refused('unknown', 'meter', `No meter "${visible(source.meter, 64)}" runs, or none of its telegrams is kept.`)
		if ('text' in source) return this.#once(JSON.stringify(source), () => telegramsIn(source))
		return this.#recording(source.profile, source.sample, library)
	}

	/** A recording of a profile: one of those that its check puts through, by its name, and no other file. */
	#recording(profile: string, sample: string, library: Library): Telegrams | Refused {
		const none = refused('unknown', 'sample', `The profile ${visible(profile, 100)} has no recording "${visible(sample, 100)}".`)
		try {
			const file = samplesNamed(profile, library)?.find((one) => sampleName(one) === sample)?.capture
			if (file === undefined) return none
			const { mtimeMs, ctimeMs, size, ino } = statSync(file)
			return this.#once(JSON.stringify([file, mtimeMs, ctimeMs, size, ino]), () => {
				const capture = readCapture(file, MAX_CAPTURE)
				return { ...capture, keys: testKeys(capture), isPrivate: false }
			})
		} catch (error) {
			return refused('invalid', 'sample-unreadable', visible(`${(error as Error).message}.`))
		}
	}

	#once(key: string, make: () => Telegrams | Refused): Telegrams | Refused {
		const known = this.#known.get(key)
		const found = known ?? make()
		if ('refused' in found) return found
		this.#known.delete(key)
		this.#known.set(key, found)
		for (const [oldest] of this.#known) {
			if (this.#known.size <= MOST) break
			this.#known.delete(oldest)
		}
		return found
	}
}
