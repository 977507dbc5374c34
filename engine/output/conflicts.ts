import { fits } from '../mqtt/filter.ts'
import { messagesOf } from './messages.ts'
import type { ChosenOutput } from './output.ts'
import { fullExample } from './samples.ts'
import { meterScope, type Publisher } from './scope.ts'

/** The topics on the broker that no output may write. */
export type Occupied = {
	/** Filters of what this process reads, with the meters that do. */
	inputs: { filter: string; meter: string }[]
	/** Filters of what it writes itself. */
	written: string[]
}

/** Says why an output may not write a topic; undefined where it may. `owner`: the output that writes it already. */
export function conflict(topic: string, output: string, owner: string | undefined, { inputs, written }: Occupied): string | undefined {
	if (owner !== undefined && owner !== output) return `${output} and ${owner} both write ${topic}`
	const input = inputs.find(({ filter }) => fits(filter, topic))
	if (input) return `${output} writes ${topic}, and the meter ${input.meter} reads ${input.filter}`
	return written.some((filter) => fits(filter, topic)) ? `${output} writes ${topic}, one of our own topics` : undefined
}

/** Says which topics an output would write of these meters, and may not; adds those that it may to `owners` (topic → output). */
export async function conflicts(
	output: ChosenOutput,
	meters: { name: string; id?: string }[],
	publisher: Publisher & { occupied: Occupied },
	owners: Map<string, string>,
): Promise<string[]> {
	const found = new Set<string>()
	for (const { name, id = name } of meters) {
		for (const trigger of ['announce', 'reading'] as const) {
			const expression = output.expressions[trigger]
			if (!expression) continue
			const scope = meterScope(output, publisher, fullExample(name, id), trigger)
			const { messages, faults, endless } = await messagesOf(expression, scope)
			if (endless) return [...found, `${output.name}, ${trigger}: ${faults.join()}`]
			for (const { topic } of messages) {
				const why = conflict(topic, output.name, owners.get(topic), publisher.occupied)
				if (why === undefined) owners.set(topic, output.name)
				else found.add(why)
			}
		}
	}
	return [...found]
}
