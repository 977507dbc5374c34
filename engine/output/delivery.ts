import type { Connection } from '../mqtt/client.ts'
import { conflict, type Occupied } from './conflicts.ts'
import type { Made } from './messages.ts'
import type { Owners } from './ownership.ts'
import type { Publisher } from './scope.ts'

/** All that outputs publish with; `occupied`: the topics that they must leave alone. */
export type Delivery = Publisher & { connection: Connection; owners: Owners; occupied: Occupied }

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

/** Publishes those messages whose topics are free, and gives the others as faults. */
export function deliver(
	{ connection, owners, occupied }: Delivery,
	{ output, meter, announced }: { output: string; meter: string; announced: boolean },
	messages: Made[],
): OutputFault[] {
	return messages.flatMap(({ topic, payload, retain, json }) => {
		const owner = owners.owner(topic)?.output
		// A topic that it has written before was looked at then: a town has thousands of filters.
		const detail = owner === output ? undefined : conflict(topic, output, owner, occupied)
		if (detail !== undefined) return [{ output, detail }]
		owners.set(topic, { output, meter, announced, retain })
		connection.publish({ topic, payload, retain, ...(json && { contentType: 'application/json' }) })
		return []
	})
}

/** Gives a topic up: clears what the broker keeps of it. */
export function release({ connection, owners }: Delivery, topic: string): void {
	if (owners.owner(topic)?.retain === true) connection.publish({ topic, payload: '', retain: true })
	owners.delete(topic)
}
