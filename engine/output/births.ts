import type { Connection } from '../mqtt/client.ts'
import { RateLimit } from '../mqtt/rate-limit.ts'

/** Milliseconds between two announcements of all meters for a reader that starts again and again. */
const BIRTH_PAUSE = 10_000

/** Calls `reborn` after a message on `topic` that says that a reader has started again (`payload`); after many of them, once in a while. Returns how to stop that. */
export function onBirths(
	connection: Pick<Connection, 'subscribe' | 'unsubscribe'>,
	topic: string,
	payload: string,
	reborn: () => void,
): () => void {
	const expected = new TextEncoder().encode(payload)
	const limit: RateLimit = new RateLimit(BIRTH_PAUSE, () => onBirth())
	const onBirth = () => {
		if (limit.may()) reborn()
	}
	const listener = (message: { payload: Uint8Array }) => {
		if (Buffer.compare(message.payload, expected) === 0) onBirth()
	}
	void connection.subscribe(topic, listener)
	return () => {
		limit.stop()
		connection.unsubscribe(topic, listener)
	}
}
