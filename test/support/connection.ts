import type { Connection } from '../../engine/mqtt/client.ts'
import type { InMessage, OutMessage } from '../../engine/mqtt/message.ts'

/** A connection to no broker: what is published is put into `sent`. `give` hands a message to those who subscribed to its topic. */
export function connectionTo(sent: OutMessage[]): Connection & { give(message: InMessage, filter: string): void } {
	const handlers = new Map<string, (message: InMessage) => void>()
	return {
		publish: (message) => void sent.push(message),
		subscribe(filter, handler) {
			handlers.set(filter, handler)
			return Promise.resolve()
		},
		unsubscribe: (filter) => void handlers.delete(filter),
		forget: () => undefined,
		counts: () => ({ waiting: 0, dropped: 0, postponed: 0, faults: 0, skipped: 0 }),
		connected: () => true,
		close: () => Promise.resolve(),
		give: (message, filter) => handlers.get(filter)?.(message),
	}
}
