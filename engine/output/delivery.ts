import type { Connection } from '../mqtt/client.ts'
import { conflict, type Occupied } from './conflicts.ts'
import type { Made } from './messages.ts'
import type { Owners } from './ownership.ts'

/** A message that an output did not give, and why. */
export type OutputFault = { output: string; detail: string }

/** Publishes the messages of outputs on topics that are free, and clears what nothing writes any more. */
export class Delivery {
	readonly #connection: Pick<Connection, 'publish'>
	readonly #owners: Owners
	/** The topics that no output may write. */
	occupied: Occupied = { inputs: [], written: [] }

	constructor(connection: Pick<Connection, 'publish'>, owners: Owners) {
		this.#connection = connection
		this.#owners = owners
	}

	/** Publishes those messages that may be, and gives the others as faults. */
	publish(output: string, meter: string, messages: Made[], announced: boolean): OutputFault[] {
		return messages.flatMap(({ topic, payload, retain, json }) => {
			const owner = this.#owners.owner(topic)?.output
			// A topic that it has written before was looked at then: a town has thousands of filters.
			const detail = owner === output ? undefined : conflict(topic, output, owner, this.occupied)
			if (detail !== undefined) return [{ output, detail }]
			this.#owners.set(topic, { output, meter, announced, retain })
			this.#connection.publish({ topic, payload, retain, ...(json && { contentType: 'application/json' }) })
			return []
		})
	}

	/** Gives a topic up: clears what the broker keeps of it. */
	release(topic: string): void {
		if (this.#owners.owner(topic)?.retain === true) this.#connection.publish({ topic, payload: '', retain: true })
		this.#owners.delete(topic)
	}
}
