import { FilterTree } from '../mqtt/filter-tree.ts'
import { fullExample } from './example.ts'
import { messagesOf } from './messages.ts'
import type { ChosenOutput } from './output.ts'
import { configuredScope, meterScope, type Publisher } from './scope.ts'

/** The topics on the broker that no output may write. */
export type Occupied = {
	/** Filters of what this process reads, with the meters that do. */
	inputs: { filter: string; meter: string }[]
	/** Filters of what it writes itself. */
	written: string[]
}

type Input = Occupied['inputs'][number]

/** The same as trees, made once: a town has thousands of filters, and each meter some topics. */
const trees = new WeakMap<Occupied, { inputs: FilterTree<Input>; written: FilterTree<true> }>()

function treesOf(occupied: Occupied) {
	const known = trees.get(occupied)
	if (known) return known
	const made = { inputs: new FilterTree<Input>(), written: new FilterTree<true>() }
	for (const input of occupied.inputs) made.inputs.set(input.filter, input)
	for (const filter of occupied.written) made.written.set(filter, true)
	trees.set(occupied, made)
	return made
}

/** Says why an output may not write a topic; undefined where it may. `owner`: the output that writes it already. */
export function conflict(topic: string, output: string, owner: string | undefined, occupied: Occupied): string | undefined {
	if (owner !== undefined && owner !== output) return `${output} and ${owner} both write ${topic}`
	const { inputs, written } = treesOf(occupied)
	const [input] = inputs.fitting(topic)
	if (input) return `${output} writes ${topic}, and the meter ${input.meter} reads ${input.filter}`
	return written.fitting(topic).length > 0 ? `${output} writes ${topic}, one of our own topics` : undefined
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
		for (const trigger of ['meter', 'announce', 'reading'] as const) {
			const expression = output.expressions[trigger]
			if (!expression) continue
			const example = fullExample(name, id)
			const scope =
				trigger === 'meter' ? configuredScope(output, publisher, { ...example, id }) : meterScope(output, publisher, example, trigger)
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
