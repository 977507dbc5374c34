import { fullExample } from './example.ts'
import { messagesOf } from './messages.ts'
import type { ChosenOutput } from './output.ts'
import { bridgeScope, configuredScope, type Last, meterScope, type Publisher } from './scope.ts'

/** Stand where a topic names the meter, its id, a channel, what that counts, and an extra field. */
const [METER, ...OTHERS] = ['ciiXmeterX', 'ciiXidX', 'ciiXchannelX', 'ciiXmediumX', 'ciiXextraX'] as const
const [ID, CHANNEL, MEDIUM, EXTRA] = OTHERS

/** Tells whether an output could have written a topic for a meter (none for the process), by the form of its topics. */
export type Shape = (topic: string, meter: string) => boolean

/** Makes the shape of an output's topics: of a made-up meter with every field, whatever its name, its id and its sub-meters are. */
export async function shapeOf(output: ChosenOutput, publisher: Publisher): Promise<Shape> {
	const topics = new Set<string>()
	const { bridge, meter, announce, reading } = output.expressions
	const example = exampleOf()
	if (meter) for (const topic of await topicsOf(meter, configuredScope(output, publisher, { ...example, id: ID }))) topics.add(topic)
	if (announce) for (const topic of await topicsOf(announce, meterScope(output, publisher, example, 'announce'))) topics.add(topic)
	if (reading) for (const topic of await topicsOf(reading, meterScope(output, publisher, example, 'reading'))) topics.add(topic)
	const ofBridge = new Set(bridge ? await topicsOf(bridge, bridgeScope(output, publisher)) : [])
	const form = new RegExp(`^(?:${[...topics].map(formOf).join('|') || '(?!)'})$`)
	return (topic, meter) => {
		if (meter === '') return ofBridge.has(topic)
		const names = form.exec(topic)?.slice(1)
		return names?.every((name) => name === undefined || name === meter) === true
	}
}

function exampleOf(): Last {
	const last = fullExample(METER, ID)
	const submeter = { id: ID, medium: MEDIUM, volume: 1, energy: 1, power: 1, flow: 1, temperature_flow: 1, temperature_return: 1 }
	const reading = { ...last.reading, submeters: { [CHANNEL]: submeter }, extra: { [EXTRA]: 1 } }
	return { ...last, reading: reading as Last['reading'], state: reading }
}

const topicsOf = async (expression: Parameters<typeof messagesOf>[0], scope: object) =>
	(await messagesOf(expression, scope)).messages.map(({ topic }) => topic)

function formOf(topic: string): string {
	let form = topic.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(METER, '([A-Za-z0-9_-]{1,64})')
	for (const other of OTHERS) form = form.replaceAll(other, '[^/]{1,64}')
	return form
}
