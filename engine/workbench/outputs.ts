import type { OutputMessages } from '../../schema/types/api.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { type CompiledOutput, compileOutput } from '../output/output.ts'
import { readingMessages } from '../output/samples.ts'
import { viewOf } from '../output/scope.ts'
import type { Library } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { visible } from '../text/visible.ts'
import { intervalOf } from '../transport/session.ts'

/** Outputs that are asked, messages of one that are shown, and characters of one. */
const [MAX_OUTPUTS, MAX_MESSAGES, MAX_TEXT] = [30, 200, 8000]
/** Outputs that are kept compiled, by their text. */
const MAX_KEPT = 60

/** Compiles outputs, and keeps what it compiled as long as the text is the same. */
export class CompiledOutputs {
	readonly #kept = new Map<string, { text: string; output: CompiledOutput }>()

	/** Gives the messages of these outputs for a reading: those that announce its fields, then its own. */
	async messages(names: readonly string[], library: Library, profile: CompiledProfile, reading: Reading): Promise<OutputMessages[]> {
		const last = { view: viewOf(reading.meter, profile, intervalOf(profile.document)), reading, state: reading }
		const all: OutputMessages[] = []
		for (const name of names.slice(0, MAX_OUTPUTS)) {
			const output = this.#compiled(name, library)
			if (typeof output === 'string') all.push({ output: name, messages: [], faults: [output] })
			else {
				const { messages, faults } = await readingMessages(output, last)
				const shown = messages
					.slice(0, MAX_MESSAGES)
					.map(({ topic, payload, retain }) => ({ topic: visible(topic), payload: payload.slice(0, MAX_TEXT), retain }))
				all.push({
					output: name,
					messages: shown,
					...(faults.length > 0 && { faults: faults.slice(0, MAX_MESSAGES).map((fault) => visible(fault)) }),
				})
			}
		}
		return all
	}

	/** The output of this name, or what is wrong with it. */
	#compiled(name: string, library: Library): CompiledOutput | string {
		const text = library.sources.get(`outputs/${name}`)?.text
		const known = this.#kept.get(name)
		if (known && known.text === text) return known.output
		const output = compileOutput(name, library)
		if (Array.isArray(output)) return output.map(({ message }) => message).join('; ')
		if (this.#kept.size >= MAX_KEPT) this.#kept.clear()
		if (text !== undefined) this.#kept.set(name, { text, output })
		return output
	}
}
