import { fits } from '../mqtt/filter.ts'
import type { Topics } from '../mqtt/topics.ts'
import { exampleReading } from './example.ts'
import { messagesOf } from './messages.ts'
import type { CompiledOutput } from './output.ts'
import { type Bridge, meterScope } from './scope.ts'
import type { Choice } from './selection.ts'

/** What stands on the broker besides an output's own messages. */
export type Ground = {
	/** Filters of what this process reads, with the meters that do. */
	inputs: { filter: string; meter: string }[]
	/** Filters of what it writes itself. */
	written: string[]
}

/** Why an output may not write a topic; `owner`: the output that writes it already. */
export function taboo(topic: string, output: string, owner: string | undefined, { inputs, written }: Ground): string | undefined {
	if (owner !== undefined && owner !== output) return `${output} and ${owner} both write ${topic}`
	const input = inputs.find(({ filter }) => fits(filter, topic))
	if (input) return `${output} writes ${topic}, and the meter ${input.meter} reads ${input.filter}`
	return written.some((filter) => fits(filter, topic)) ? `${output} writes ${topic}, one of our own topics` : undefined
}

/** What an output would write of these meters, and may not, in words; what it may is put down in `owners` (topic → output). */
export async function clashes(
	output: CompiledOutput,
	choice: Choice,
	meters: { name: string; id: string }[],
	names: Topics,
	bridge: Bridge,
	owners: Map<string, string>,
	ground: Ground,
): Promise<string[]> {
	const found = new Set<string>()
	for (const { name, id } of meters) {
		const { view, reading } = exampleReading(name, id)
		for (const trigger of ['announce', 'reading'] as const) {
			const expression = output.expressions[trigger]
			if (!expression) continue
			const scope = meterScope(output, choice, names, bridge, view, { reading, state: reading }, trigger)
			for (const { topic } of (await messagesOf(expression, scope)).messages) {
				const why = taboo(topic, output.name, owners.get(topic), ground)
				if (why === undefined) owners.set(topic, output.name)
				else found.add(why)
			}
		}
	}
	return [...found]
}
