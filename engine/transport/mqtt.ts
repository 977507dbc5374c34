import type { Connection } from '../mqtt/client.ts'
import { topicPatterns } from '../mqtt/filter.ts'
import type { Message } from '../mqtt/message.ts'
import type { Port, PortEvents, Transport } from './port.ts'

/** A source of messages: a connection to a broker. */
export type Subscriber = Pick<Connection, 'subscribe' | 'unsubscribe'>

/** Reads the messages of an adapter from a broker. `ready` resolves when the broker has confirmed the subscription. */
export function mqttPort(settings: Transport, connection: Subscriber, events: PortEvents): Port & { ready: Promise<void> } {
	const filters = topicPatterns(settings.topic, settings.levels).map(({ filter }) => filter)
	const handler = (message: Message) => events.message(message, Date.now())
	const ready = Promise.all(filters.map((filter) => connection.subscribe(filter, handler))).then(() => events.status('open'))
	return {
		ready,
		close() {
			for (const filter of filters) connection.unsubscribe(filter, handler)
			return Promise.resolve()
		},
	}
}
