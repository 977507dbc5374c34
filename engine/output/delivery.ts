import type { Connection } from '../mqtt/client.ts'
import { conflict, type Occupied } from './conflicts.ts'
import type { Owners } from './ownership.ts'
import type { Publisher } from './scope.ts'

/** All that outputs publish with; `occupied`: the topics that they must leave alone. */
export type Delivery = Publisher & { connection: Connection; owners: Owners; occupied: Occupied }

/** Gives a topic up: clears what the broker keeps of it. */
export function release({ connection, owners, occupied }: Delivery, topic: string): void {
	const { output = '', retain = false, recalled = false } = owners.owner(topic) ?? {}
	// What the broker has handed over may be anyone's word.
	const isOurs = !recalled || conflict(topic, output, output, occupied) === undefined
	if (retain && isOurs) connection.publish({ topic, payload: '', retain: true })
	owners.delete(topic)
}
